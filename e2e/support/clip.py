"""Makes clip.webm: the picture goes from red to blue while a disc crosses it, 1.2 s at 30 frames a second.

Written to a pipe, as recordings of browsers are: it does not tell how long it is.

    pip install imageio-ffmpeg numpy
    python e2e/support/clip.py
"""

import pathlib
import subprocess

import imageio_ffmpeg
import numpy as np

side, count = 128, 36
rows, columns = np.mgrid[:side, :side]
frames = []
for share in np.linspace(0, 1, count):
    frame = np.empty((side, side, 3), np.uint8)
    frame[:] = [round(220 * (1 - share)), 0, round(220 * share)]
    frame[(columns - (20 + 88 * share)) ** 2 + (rows - 30) ** 2 < 16**2] = 255
    frames.append(frame.tobytes())
command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
command += ["-s", f"{side}x{side}", "-r", "30", "-i", "-", "-c:v", "libvpx", "-b:v", "200k", "-f", "webm", "-"]
made = subprocess.run(command, input=b"".join(frames), capture_output=True, check=True)
pathlib.Path(__file__).with_name("clip.webm").write_bytes(made.stdout)
