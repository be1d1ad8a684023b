"""Architectures of timm at reduced width, depth and size: how each is made, and the size of its pictures."""

import timm
import timm.layers
from timm.models import focalnet, gcvit, metaformer, mlp_mixer, nest, volo
from torch import nn

CLASSES = 10


def timm_model(name, size=64, **kwargs):
    return lambda: timm.create_model(name, num_classes=CLASSES, **kwargs), size


def timm_class(make, size=64, **kwargs):
    """A network whose entry in timm's list fixes what is to be reduced."""
    return lambda: make(num_classes=CLASSES, **kwargs), size


def vit(name, size=64, **kwargs):
    return timm_model(name, size, img_size=size, **{"depth": 3, "embed_dim": 48, "num_heads": 3, **kwargs})


NETWORKS = {
    "vit": vit("vit_tiny_patch16_224"),
    "vit_mean": vit("vit_tiny_patch16_224", global_pool="avg", class_token=False, fc_norm=True),
    "vit_registers": vit("vit_little_patch16_reg4_gap_256"),
    "vit_relpos": vit("vit_relpos_small_patch16_224"),
    "vit_srelpos": vit("vit_srelpos_small_patch16_224"),
    "vit_clip": vit("vit_base_patch16_clip_224"),
    "vit_siglip": vit("vit_base_patch16_siglip_224"),
    "vit_dinov2": vit("vit_small_patch14_dinov2", 70),
    "vit_parallel": vit("vit_small_patch16_36x1_224"),
    "vit_parallel2": vit("vit_small_patch16_18x2_224"),
    "vit_xp": vit("vit_base_patch16_xp_224"),
    "vit_rope": vit("vit_medium_patch16_rope_reg1_gap_256"),
    "vit_hybrid": timm_model("vit_tiny_r_s16_p8_224", 64, img_size=64, depth=2, embed_dim=48, num_heads=3),
    "vit_sam": timm_model("samvit_base_patch16", 64, img_size=64, embed_dim=48, depth=3, num_heads=3, window_size=2, global_attn_indexes=(2,)),
    "vitamin": timm_model("vitamin_small_224", 64, img_size=64),
    "deit": vit("deit_tiny_patch16_224"),
    "deit_distilled": vit("deit_tiny_distilled_patch16_224"),
    "deit3": vit("deit3_small_patch16_224"),
    "beit": vit("beit_base_patch16_224"),
    "beitv2": vit("beitv2_base_patch16_224"),
    "eva": vit("eva_giant_patch14_224", 56, mlp_ratio=2),
    "eva02": vit("eva02_tiny_patch14_224", 56),
    "cait": vit("cait_xxs24_224", depth=3, embed_dim=48, num_heads=3),
    "xcit": timm_model("xcit_nano_12_p16_224", 64, img_size=64, depth=2, embed_dim=48, num_heads=3),
    "crossvit": timm_model("crossvit_tiny_240", 240, embed_dim=[24, 48], depth=[[1, 1, 0], [1, 1, 0]], num_heads=[2, 3]),
    "volo": timm_class(volo.VOLO, 64, img_size=64, layers=(1, 1, 1, 1), embed_dims=(24, 48, 48, 48), num_heads=(2, 3, 3, 3)),
    "tnt": timm_model("tnt_s_patch16_224", 64, img_size=64, depth=2, embed_dim=48, inner_dim=12, num_heads_outer=3),
    "convit": timm_model("convit_tiny", 64, img_size=64, depth=3, local_up_to_layer=2, embed_dim=48, num_heads=3),
    "flexivit": vit("flexivit_small"),
    "mixer": timm_class(mlp_mixer.MlpMixer, 64, img_size=64, num_blocks=3, embed_dim=48),
    "gmixer": timm_class(mlp_mixer.MlpMixer, 64, img_size=64, num_blocks=3, embed_dim=48, mlp_ratio=(1.0, 4.0), mlp_layer=timm.layers.GluMlp, act_layer=nn.SiLU),
    "resmlp": timm_class(mlp_mixer.MlpMixer, 64, img_size=64, num_blocks=3, embed_dim=48, mlp_ratio=4, block_layer=mlp_mixer.ResBlock, norm_layer=mlp_mixer.Affine),
    "gmlp": timm_class(mlp_mixer.MlpMixer, 64, img_size=64, num_blocks=3, embed_dim=48, mlp_ratio=4, block_layer=mlp_mixer.SpatialGatingBlock, mlp_layer=timm.layers.GatedMlp),
    "naflexvit": timm_model("naflexvit_base_patch16_gap", 64, embed_dim=48, depth=3, num_heads=3),
    "swin": timm_model("swin_tiny_patch4_window7_224", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2, 2), num_heads=(2, 3, 4)),
    "swinv2": timm_model("swinv2_tiny_window8_256", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2), num_heads=(2, 3)),
    "swinv2_cr": timm_model("swinv2_cr_tiny_224", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2), num_heads=(2, 3)),
    "pvt_v2": timm_model("pvt_v2_b0", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "pvt_v2_li": timm_model("pvt_v2_b2_li", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "twins_pcpvt": timm_model("twins_pcpvt_small", 64, img_size=64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "twins_svt": timm_model("twins_svt_small", 224, embed_dims=(16, 24, 32, 48), depths=(2, 2, 2, 2), num_heads=(1, 2, 2, 4)),
    "davit": timm_model("davit_tiny", 112, embed_dims=(16, 32, 48, 64), depths=(1, 1, 1, 1), num_heads=(2, 2, 2, 4)),
    "focalnet": timm_class(focalnet.FocalNet, 64, embed_dim=16, depths=(1, 1, 1, 1)),
    "mvitv2": timm_model("mvitv2_tiny", 64, img_size=64),
    "hiera": timm_model("hiera_tiny_224", 64, img_size=64, embed_dim=24, stages=(1, 1, 2, 1)),
    "nest": timm_class(nest.Nest, 64, img_size=64, embed_dims=(16, 32, 48), num_heads=(1, 2, 3), depths=(1, 1, 1)),
    "pit": timm_model("pit_ti_224", 64, img_size=64, base_dims=(8, 8, 8), depth=(1, 1, 1), heads=(2, 4, 8)),
    "visformer": timm_model("visformer_tiny", 64, img_size=64, embed_dim=48, num_heads=3, depth=(1, 1, 1)),
    "coat": timm_model("coat_tiny", 64, img_size=64, embed_dims=(32, 32, 32, 32), serial_depths=(1, 1, 1, 1), parallel_depth=1),
    "levit": timm_model("levit_128s", 64, img_size=64, embed_dim=(32, 48, 64), depth=(1, 1, 1), num_heads=(2, 3, 4), key_dim=8),
    "efficientformer": timm_model("efficientformer_l1", 224, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 2)),
    "efficientformerv2": timm_model("efficientformerv2_s0", 64, img_size=64),
    "maxvit": timm_model("maxvit_pico_rw_256", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "maxvit_tf": timm_model("maxvit_tiny_tf_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "maxxvit": timm_model("maxxvit_rmlp_nano_rw_256", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnet": timm_model("coatnet_pico_rw_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnet_0": timm_model("coatnet_0_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnext": timm_model("coatnext_nano_rw_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "gcvit": timm_class(gcvit.GlobalContextVit, 224, embed_dim=16, depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "mobilevit": timm_model("mobilevit_xxs", 64),
    "mobilevitv2": timm_model("mobilevitv2_050", 64),
    "edgenext": timm_model("edgenext_xx_small", 64, dims=(16, 24, 32, 48), depths=(2, 2, 2, 2), heads=(2, 2, 2, 2)),
    "efficientvit_b": timm_model("efficientvit_b0", 64),
    "efficientvit_m": timm_model("efficientvit_m0", 224),
    "fastvit": timm_model("fastvit_t8", 64),
    "fastvit_sa": timm_model("fastvit_sa12", 224, layers=(1, 1, 1, 1), embed_dims=(16, 32, 64, 128)),
    "repvit": timm_model("repvit_m0_9", 64, embed_dim=(16, 24, 32, 48), depth=(1, 1, 2, 1)),
    "tiny_vit": timm_model("tiny_vit_5m_224", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 3), window_sizes=(4, 4, 4, 2)),
    "shvit": timm_model("shvit_s1", 64),
    "nextvit": timm_model("nextvit_small", 64),
    "sequencer": timm_model("sequencer2d_s", 64, img_size=64),
    "iformer": timm_model("iformer_t", 64),
    "cpubone": timm_model("cpubone_nano", 64),
    "lowformer": timm_model("lowformer_b0", 64),
    "csatv2": timm_model("csatv2", 128),
    "efficientvim": timm_model("efficientvim_m1", 64),
    "swiftformer": timm_model("swiftformer_xs", 64),
    "caformer": timm_class(metaformer.MetaFormer, 64, depths=(1, 1, 1, 1), dims=(16, 32, 32, 64), token_mixers=[metaformer.SepConv] * 2 + [metaformer.Attention] * 2, norm_layers=[metaformer.LayerNorm2dNoBias] * 2 + [metaformer.LayerNormNoBias] * 2),
}
