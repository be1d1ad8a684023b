"""Pictures of every kind become the same bytes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from supersign._picture import PictureError, pictures_of


def read(picture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png)))


def one(given) -> np.ndarray:
    (picture,) = pictures_of(given)
    return read(picture)


def test_arrays_images_and_files_are_the_same_picture(picture, tmp_path):
    file = tmp_path / "a.png"
    Image.fromarray(picture).save(file)
    for given in [picture, picture / 255, picture.astype(np.float32), picture.astype(np.int64), Image.fromarray(picture), file, str(file)]:
        np.testing.assert_array_equal(one(given), picture)
    assert [each.name for each in pictures_of([file, picture])] == ["a.png", "picture 2"]


def test_grey_pictures_masks_and_transparency():
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    for given in [grey, grey[:, :, None], Image.fromarray(grey)]:
        np.testing.assert_array_equal(one(given), np.repeat(grey[:, :, None], 3, axis=2))
    np.testing.assert_array_equal(one(grey > 100)[..., 0], np.where(grey > 100, 255, 0))
    clear = np.zeros((4, 4, 4), np.uint8)
    assert (one(clear) == 255).all()


def test_a_turned_photograph_is_upright(tmp_path):
    image = Image.new("RGB", (30, 10), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert one(tmp_path / "turned.jpg").shape == (30, 10, 3)


@pytest.mark.slow
def test_tensors_have_channels_first_and_a_batch_is_several(picture):
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(picture).permute(2, 0, 1)
    np.testing.assert_array_equal(one(tensor), picture)
    np.testing.assert_array_equal(one((tensor / 255).requires_grad_()), picture)
    np.testing.assert_array_equal(one((tensor / 255).half()), picture)
    batch = pictures_of(torch.stack([tensor, 255 - tensor]))
    assert [each.name for each in batch] == ["picture 1", "picture 2"]
    np.testing.assert_array_equal(read(batch[1]), 255 - picture)


@pytest.mark.slow
def test_numbers_that_cannot_be_had_are_said():
    torch = pytest.importorskip("torch")
    with pytest.raises(PictureError, match="tensor on meta cannot be had"):
        pictures_of(torch.zeros(3, 8, 8, device="meta"))
    fake = pytest.importorskip("torch._subclasses.fake_tensor")
    with fake.FakeTensorMode():
        elsewhere = torch.empty(3, 8, 8, device="cuda")
    with pytest.raises(PictureError, match="tensor on cuda:0 cannot be had"):
        pictures_of(elsewhere)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (np.full((8, 8, 3), -1.5), "before normalisation"),
        (np.full((8, 8, 3), np.nan), "not finite"),
        (np.zeros((8, 8, 7)), "no picture"),
        (np.zeros((3, 8, 8)), "height x width x channels"),
        (object(), "is no picture"),
        ("nowhere.png", "There is no picture nowhere.png"),
        ([], "There is no picture"),
    ],
)
def test_what_is_no_picture_is_said(given, words):
    with pytest.raises(PictureError, match=words):
        pictures_of(given)


@pytest.mark.slow
def test_twelve_megapixels_are_a_picture():
    rows = np.arange(3000, dtype=np.uint8)[:, None, None]
    assert one(np.broadcast_to(rows, (3000, 4000, 3))).shape == (3000, 4000, 3)
