"""Architectures of timm and torchvision at reduced width, depth and size, with random weights.

Each entry: how the network is made, and the size of its pictures.
"""

import torch
from torch import nn

CLASSES = 10


def timm_model(name, size=64, **kwargs):
    import timm

    return lambda: timm.create_model(name, num_classes=CLASSES, **kwargs), size


def vision(make, size=64):
    import torchvision

    return lambda: make(torchvision.models), size


def vit(name, size=64, **kwargs):
    return timm_model(name, size, img_size=size, **{"depth": 3, "embed_dim": 48, "num_heads": 3, **kwargs})


MODELS = {
    # Plain transformers.
    "vit": vit("vit_tiny_patch16_224"),
    "vit_mean": vit("vit_tiny_patch16_224", global_pool="avg", class_token=False, fc_norm=True),
    "vit_registers": vit("vit_medium_patch16_reg4_256"),
    "vit_relpos": vit("vit_relpos_small_patch16_224"),
    "vit_srelpos": vit("vit_srelpos_small_patch16_224"),
    "vit_clip": vit("vit_base_patch16_clip_224"),
    "vit_siglip": vit("vit_base_patch16_siglip_224"),
    "vit_dinov2": vit("vit_small_patch14_dinov2", 70),
    "vit_parallel": vit("vit_small_patch16_36x1_224"),
    "vit_parallel2": vit("vit_small_patch16_18x2_224"),
    "vit_xp": vit("vit_base_patch16_xp_224"),
    "vit_hybrid": timm_model("vit_tiny_r_s16_p8_224", 64, img_size=64, depth=2, embed_dim=48, num_heads=3),
    "deit": vit("deit_tiny_patch16_224"),
    "deit_distilled": vit("deit_tiny_distilled_patch16_224"),
    "deit3": vit("deit3_small_patch16_224"),
    "beit": vit("beit_base_patch16_224"),
    "beitv2": vit("beitv2_base_patch16_224"),
    "eva": vit("eva_giant_patch14_224", 56, mlp_ratio=2),
    "eva02": vit("eva02_tiny_patch14_224", 56),
    "cait": vit("cait_xxs24_224", depth=3, embed_dim=48, num_heads=3),
    "xcit": timm_model("xcit_nano_12_p16_224", 64, img_size=64, depth=2, embed_dim=48, num_heads=3),
    "crossvit": timm_model("crossvit_tiny_240", 48, img_size=48),
    "volo": timm_model("volo_d1_224", 64, img_size=64, layers=(1, 1, 1, 1), embed_dims=(24, 48, 48, 48), num_heads=(2, 3, 3, 3)),
    "tnt": timm_model("tnt_s_patch16_224", 64, img_size=64, depth=2, embed_dim=48, inner_dim=12, num_heads_outer=3),
    "convit": timm_model("convit_tiny", 64, img_size=64, depth=3, local_up_to_layer=2, embed_dim=48, num_heads=3),
    "flexivit": vit("flexivit_small"),
    "mixer": timm_model("mixer_s16_224", 64, img_size=64, num_blocks=3, embed_dim=48),
    "gmixer": timm_model("gmixer_12_224", 64, img_size=64, num_blocks=3, embed_dim=48),
    "resmlp": timm_model("resmlp_12_224", 64, img_size=64, num_blocks=3, embed_dim=48),
    "gmlp": timm_model("gmlp_ti16_224", 64, img_size=64, num_blocks=3, embed_dim=48),
    "tv_vit": vision(lambda m: m.VisionTransformer(64, 16, 3, 3, 48, 96, num_classes=CLASSES)),
    # Hierarchical ones.
    "swin": timm_model("swin_tiny_patch4_window7_224", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2, 2), num_heads=(2, 3, 4)),
    "swinv2": timm_model("swinv2_tiny_window8_256", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2), num_heads=(2, 3)),
    "swinv2_cr": timm_model("swinv2_cr_tiny_224", 64, img_size=64, window_size=4, embed_dim=24, depths=(2, 2), num_heads=(2, 3)),
    "tv_swin": vision(lambda m: m.SwinTransformer([4, 4], 24, [2, 2], [2, 3], [4, 4], num_classes=CLASSES)),
    "tv_swin_v2": vision(lambda m: m.SwinTransformer([4, 4], 24, [2, 2], [2, 3], [4, 4], num_classes=CLASSES, block=m.swin_transformer.SwinTransformerBlockV2, downsample_layer=m.swin_transformer.PatchMergingV2)),
    "tv_maxvit": vision(lambda m: m.MaxVit((64, 64), 16, 4, [16, 32], [1, 1], 8, 0.0, num_classes=CLASSES, squeeze_ratio=0.25, expansion_ratio=4, norm_layer=None, activation_layer=nn.GELU, mlp_ratio=4, mlp_dropout=0, attention_dropout=0) if False else m.MaxVit((64, 64), 16, 2, [16, 32], 16, [1, 1], 0.0, num_classes=CLASSES)),
    "pvt_v2": timm_model("pvt_v2_b0", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1)),
    "pvt_v2_li": timm_model("pvt_v2_b2_li", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "twins_pcpvt": timm_model("twins_pcpvt_small", 64, img_size=64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "twins_svt": timm_model("twins_svt_small", 112, img_size=112, embed_dims=(16, 24, 32, 48), depths=(2, 2, 2, 2), num_heads=(1, 2, 2, 4)),
    "davit": timm_model("davit_tiny", 112, img_size=112, embed_dims=(16, 32, 48, 64), depths=(1, 1, 1, 1), num_heads=(2, 2, 2, 4)) ,
    "focalnet": timm_model("focalnet_tiny_srf", 64, embed_dim=16, depths=(1, 1, 1, 1)),
    "mvitv2": timm_model("mvitv2_tiny", 64, img_size=64, embed_dim=24, depths=(1, 1, 1, 1)),
    "hiera": timm_model("hiera_tiny_224", 64, img_size=64, embed_dim=24, stages=(1, 1, 2, 1)),
    "nest": timm_model("nest_tiny", 64, img_size=64, embed_dims=(16, 32, 48), num_heads=(1, 2, 3), depths=(1, 1, 1)),
    "pit": timm_model("pit_ti_224", 64, img_size=64, base_dims=(8, 8, 8), depths=(1, 1, 1), heads=(2, 4, 8)),
    "visformer": timm_model("visformer_tiny", 64, img_size=64, embed_dim=48, num_heads=3, depth=(1, 1, 1)),
    "coat": timm_model("coat_tiny", 64, img_size=64, embed_dims=(16, 24, 32, 32), serial_depths=(1, 1, 1, 1), parallel_depth=1),
    "levit": timm_model("levit_128s", 64, img_size=64, embed_dim=(32, 48, 64), depth=(1, 1, 1), num_heads=(2, 3, 4), key_dim=8),
    "efficientformer": timm_model("efficientformer_l1", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 2)),
    "efficientformerv2": timm_model("efficientformerv2_s0", 64),
    "maxvit": timm_model("maxvit_pico_rw_256", 64, img_size=64, embed_dim=(16, 24, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "maxvit_tf": timm_model("maxvit_tiny_tf_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "maxxvit": timm_model("maxxvit_rmlp_nano_rw_256", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnet": timm_model("coatnet_pico_rw_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnet_0": timm_model("coatnet_0_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "coatnext": timm_model("coatnext_nano_rw_224", 64, img_size=64, embed_dim=(32, 32, 32, 32), depths=(1, 1, 1, 1), stem_width=16),
    "gcvit": timm_model("gcvit_xxtiny", 112, img_size=112, embed_dim=16, depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 4)),
    "mobilevit": timm_model("mobilevit_xxs", 64),
    "mobilevitv2": timm_model("mobilevitv2_050", 64),
    "edgenext": timm_model("edgenext_xx_small", 64, dims=(16, 24, 32, 48), depths=(2, 2, 2, 2), heads=(2, 2, 2, 2)),
    "efficientvit_b": timm_model("efficientvit_b0", 64),
    "efficientvit_m": timm_model("efficientvit_m0", 224),
    "fastvit": timm_model("fastvit_t8", 64, layers=(1, 1, 1, 1), embed_dims=(16, 24, 32, 64)),
    "fastvit_sa": timm_model("fastvit_sa12", 64, layers=(1, 1, 1, 1), embed_dims=(16, 24, 32, 64)),
    "repvit": timm_model("repvit_m0_9", 64, embed_dim=(16, 24, 32, 48), depth=(1, 1, 2, 1)),
    "tiny_vit": timm_model("tiny_vit_5m_224", 64, embed_dims=(16, 24, 32, 48), depths=(1, 1, 1, 1), num_heads=(1, 2, 2, 3), window_sizes=(4, 4, 4, 2)),
    "shvit": timm_model("shvit_s1", 64),
    "nextvit": timm_model("nextvit_small", 64, depths=(1, 1, 2, 1)),
    "sequencer": timm_model("sequencer2d_s", 64, img_size=64),
    "mambaout": timm_model("mambaout_femto", 64, dims=(16, 24, 32, 48), depths=(1, 1, 1, 1)),
    "rdnet": timm_model("rdnet_tiny", 64),
    "starnet": timm_model("starnet_s1", 64),
    "swiftformer": timm_model("swiftformer_xs", 64),
    "naflexvit": timm_model("naflexvit_base_patch16_gap", 64, embed_dim=48, depth=3, num_heads=3),
    # Convolutional ones with something of their own.
    "convnext": timm_model("convnext_atto", 64, dims=(16, 24, 32, 48), depths=(1, 1, 1, 1)),
    "convnextv2": timm_model("convnextv2_atto", 64, dims=(16, 24, 32, 48), depths=(1, 1, 1, 1)),
    "poolformer": timm_model("poolformer_s12", 64, layers=(1, 1, 1, 1), embed_dims=(16, 24, 32, 48)),
    "poolformerv2": timm_model("poolformerv2_s12", 64, layers=(1, 1, 1, 1), embed_dims=(16, 24, 32, 48)),
    "metaformer": timm_model("caformer_s18", 64, depths=(1, 1, 1, 1), dims=(16, 32, 32, 64)),
    "convformer": timm_model("convformer_s18", 64, depths=(1, 1, 1, 1), dims=(16, 32, 32, 64)),
    "inception_next": timm_model("inception_next_atto", 64, depths=(1, 1, 1, 1), dims=(16, 32, 32, 64)),
    "hornet": None,
    "van": None,
    "tresnet": timm_model("tresnet_m", 64),
    "eca_resnet": timm_model("ecaresnet26t", 64),
    "se_resnet": timm_model("seresnet18", 64),
    "gc_resnet": timm_model("gcresnet33ts", 64),
    "nf_resnet": timm_model("nf_resnet26", 64),
    "nfnet": timm_model("dm_nfnet_f0", 64),
    "eca_nfnet": timm_model("eca_nfnet_l0", 64),
    "bit": timm_model("resnetv2_50x1_bit", 64),
    "botnet": timm_model("botnet26t_256", 64, img_size=64) ,
    "halonet": timm_model("halonet26t", 128),
    "lambda_resnet": timm_model("lambda_resnet26t", 64, img_size=64),
    "sebotnet": timm_model("sebotnet33ts_256", 64, img_size=64),
    "bat_resnext": timm_model("bat_resnext26ts", 64),
    "lamhalo": timm_model("lamhalobotnet50ts_256", 128, img_size=128),
    "resnest": timm_model("resnest14d", 64),
    "skresnet": timm_model("skresnet18", 64),
    "res2net": timm_model("res2net50_26w_4s", 64),
    "ghostnet": timm_model("ghostnet_050", 64),
    "ghostnetv2": timm_model("ghostnetv2_100", 64),
    "hrnet": timm_model("hrnet_w18_small", 64),
    "dla": timm_model("dla46_c", 64),
    "dpn": timm_model("dpn68", 64),
    "cspnet": timm_model("cspresnet50", 64),
    "darknet": timm_model("darknet53", 64),
    "vovnet": timm_model("ese_vovnet19b_dw", 64),
    "selecsls": timm_model("selecsls42", 64),
    "rexnet": timm_model("rexnet_100", 64),
    "regnety": timm_model("regnety_002", 64),
    "regnetz": timm_model("regnetz_b16", 64),
    "resnet": timm_model("resnet18", 64),
    "resnetblur": timm_model("resnetblur18", 64) ,
    "resnetaa": timm_model("resnetaa50", 64),
    "mobilenetv3": timm_model("mobilenetv3_small_050", 64),
    "mobilenetv4": timm_model("mobilenetv4_conv_small_035", 64),
    "mobilenetv4_hybrid": timm_model("mobilenetv4_hybrid_medium_075", 64),
    "mobileone": timm_model("mobileone_s0", 64),
    "repvgg": timm_model("repvgg_a0", 64),
    "repghost": timm_model("repghostnet_050", 64),
    "efficientnet": timm_model("efficientnet_b0", 64),
    "efficientnetv2": timm_model("efficientnetv2_rw_t", 64),
    "tinynet": timm_model("tinynet_e", 64),
    "mixnet": timm_model("mixnet_s", 64),
    "hardcorenas": timm_model("hardcorenas_a", 64),
    "fbnet": timm_model("fbnetc_100", 64),
    "lcnet": timm_model("lcnet_050", 64),
    "mnasnet": timm_model("mnasnet_small", 64),
    "gernet": timm_model("gernet_s", 64),
    "hgnet": timm_model("hgnetv2_b0", 64),
    "xception": timm_model("legacy_xception", 96),
    "xception41": timm_model("xception41", 64),
    "inception_v3": timm_model("inception_v3", 96),
    "inception_v4": timm_model("inception_v4", 96),
    "inception_resnet_v2": timm_model("inception_resnet_v2", 96),
    "nasnet": timm_model("nasnetalarge", 96) if False else None,
    "pnasnet": None,
    "densenet": timm_model("densenet121", 64),
    "vgg": timm_model("vgg11", 64),
    "resnext": timm_model("resnext26ts", 64),
    "fasternet": timm_model("fasternet_t0", 64),
    "pelee": None,
    "byobnet": timm_model("gmixer_12_224", 64, img_size=64, num_blocks=2, embed_dim=24),
    "edgenext_base": timm_model("edgenext_small", 64, dims=(16, 24, 32, 48), depths=(1, 1, 2, 1), heads=(2, 2, 2, 2)),
}
MODELS = {name: entry for name, entry in MODELS.items() if entry}


def made(name):
    """The network in evaluation mode, with weights in which nothing is zero or alike."""
    torch.manual_seed(7)
    make, size = MODELS[name]
    network = make().eval()
    with torch.no_grad():
        for key, value in network.state_dict().items():
            if not value.is_floating_point():
                continue
            if key.endswith("running_var"):
                nn.init.uniform_(value, 0.6, 1.4)
            elif key.endswith("running_mean"):
                nn.init.normal_(value, 0, 0.2)
        for key, value in network.named_parameters():
            if value.ndim < 2 or min(value.shape) == max(value.shape[1:], default=0) == 1:
                around = 1 if value.numel() > 0 and value.mean() > 0.5 else 0.3 if "gamma" in key or "ls" in key else 0
                value.copy_(around + 0.2 * torch.randn_like(value))
            elif value.std() < 1e-3:
                value.copy_(0.3 * torch.randn_like(value))
            elif value.ndim == 2 and value.std() < 0.05:
                nn.init.xavier_normal_(value)
    return network, size


def picture(size):
    """[1, 3, size, size]; the value at row-major NHWC place i is (i * 7919 mod 1000) / 500 - 1."""
    places = torch.arange(size * size * 3)
    return ((places * 7919 % 1000) / 500 - 1).reshape(1, size, size, 3).permute(0, 3, 1, 2).contiguous()
