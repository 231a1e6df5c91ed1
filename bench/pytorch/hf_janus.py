"""Transformers' own Janus on a model folder in the original's layout: its time, and numbers for PairUni to be compared with.

    python3 bench/pytorch/hf_janus.py --model DIR --device cuda --dtype bfloat16 --group 8     # times generate
    python3 bench/pytorch/hf_janus.py --model DIR --write REFERENCE                            # then: bench/reference.sh REFERENCE

Needs torch 2.x and transformers 4.51 or later. The folder's weights (model.safetensors) are given the names that Transformers has
for them; --random makes weights up instead. With --write it computes in float32 and writes the vision tower, the image tokenizer's
decoder and teacher-forced image logits as a folder of reference cases.
"""
import argparse
import json
import os
import re
import struct
import sys
import time

import numpy as np
import torch

from janus_nano import read_safetensors, special_ids

try:
    from transformers import JanusConfig, JanusForConditionalGeneration, JanusVisionConfig, JanusVQVAEConfig, LlamaConfig
except ImportError:
    sys.exit("Transformers with Janus was not found: pip install 'transformers>=4.51'")

RULES = [
    (r"^gen_vision_model\.(encoder|decoder)\.conv_blocks\.", lambda m: f"model.vqmodel.{m[1]}.{'down' if m[1] == 'encoder' else 'up'}."),
    (r"^gen_vision_model\.", lambda m: "model.vqmodel."),
    (r"^(model\.vqmodel\..*)\.res\.", lambda m: m[1] + ".block."),
    (r"^(model\.vqmodel\..*)\.mid\.([012])\.", lambda m: m[1] + (".mid.block_1.", ".mid.attn_1.", ".mid.block_2.")[int(m[2])]),
    (r"^(gen_)?aligner\.layers\.0\.", lambda m: f"model.{'generation_' if m[1] else ''}aligner.fc1."),
    (r"^(gen_)?aligner\.layers\.2\.", lambda m: f"model.{'generation_' if m[1] else ''}aligner.hidden_layers.0."),
    (r"^gen_embed\.", lambda m: "model.generation_embeddings."),
    (r"^gen_head\.output_mlp_projector\.", lambda m: "model.generation_head.proj_out."),
    (r"^gen_head\.", lambda m: "model.generation_head."),
    (r"^language_model\.lm_head\.", lambda m: "lm_head."),
    (r"^language_model\.model\.", lambda m: "model.language_model."),
    (r"^vision_model\.vision_tower\.pos_embed$", lambda m: "model.vision_model.embeddings.position_embedding.weight"),
    (r"^vision_model\.vision_tower\.patch_embed\.proj\.", lambda m: "model.vision_model.embeddings.patch_embedding."),
    (r"^vision_model\.vision_tower\.norm\.", lambda m: "model.vision_model.post_layernorm."),
    (r"^vision_model\.vision_tower\.blocks\.(\d+)\.norm([12])\.", lambda m: f"model.vision_model.encoder.layers.{m[1]}.layer_norm{m[2]}."),
    (r"^vision_model\.vision_tower\.blocks\.(\d+)\.attn\.proj\.", lambda m: f"model.vision_model.encoder.layers.{m[1]}.self_attn.projection_layer."),
    (r"^vision_model\.vision_tower\.blocks\.(\d+)\.attn\.", lambda m: f"model.vision_model.encoder.layers.{m[1]}.self_attn."),
    (r"^vision_model\.vision_tower\.blocks\.(\d+)\.", lambda m: f"model.vision_model.encoder.layers.{m[1]}."),
]
UNUSED = ("vision_model.vision_tower.attn_pool.", "gen_vision_model.quantize.codebook_used")


def renamed(name):
    for pattern, to in RULES:
        name = re.sub(pattern, to, name)
    return name


def converted(weights):
    out = {}
    for name, value in weights.items():
        if name.startswith(UNUSED):
            continue
        to = renamed(name)
        if ".qkv." in to:
            for part, piece in zip(("q_proj", "k_proj", "v_proj"), value.chunk(3)):
                out[to.replace("qkv", part)] = piece
        else:
            out[to] = value.squeeze(0) if to.endswith("position_embedding.weight") else value
    return out


def configured(folder):
    with open(os.path.join(folder, "config.json")) as file:
        c = json.load(file)
    v, g, l = c["vision_config"]["params"], c["gen_vision_config"]["params"], c["language_config"]
    bos, eos, pad, start, slot, _ = special_ids(folder, l["vocab_size"])
    patch = v.get("x_patch_size", 16)
    side = g.get("x_grid") or v["image_size"] // patch
    text = LlamaConfig(**{k: l[k] for k in ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
                                            "num_key_value_heads", "max_position_embeddings", "rms_norm_eps", "rope_theta") if k in l},
                       bos_token_id=bos, eos_token_id=eos, pad_token_id=pad)
    vision = JanusVisionConfig(hidden_size=v.get("x_width", 1024), num_hidden_layers=v.get("x_layers", 24), num_attention_heads=v.get("x_heads", 16),
                               patch_size=patch, image_size=v["image_size"], mlp_ratio=v.get("x_mlp_ratio", 4), projection_dim=l["hidden_size"],
                               depth=2, num_image_tokens=side ** 2)
    vq = JanusVQVAEConfig(embed_dim=g["n_embed"], num_embeddings=g["image_token_size"], latent_channels=g.get("x_z_channels", 256), num_patches=side,
                          base_channels=g.get("x_ch", 128), channel_multiplier=g.get("x_ch_mult", [1, 1, 2, 2, 4]), num_res_blocks=g.get("x_num_res_blocks", 2),
                          projection_dim=c["gen_head_config"]["params"]["image_token_embed"], image_token_embed_dim=l["hidden_size"])
    return JanusConfig(text_config=text, vision_config=vision, vq_config=vq, image_token_id=slot), (bos, eos, pad, start), side


def write_safetensors(path, tensors):
    kinds = {torch.float32: "F32", torch.int64: "I64"}
    header, blobs, at = {}, [], 0
    for name, value in tensors.items():
        blob = value.detach().cpu().contiguous().numpy().tobytes()
        header[name] = {"dtype": kinds[value.dtype], "shape": list(value.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


@torch.no_grad()
def write(model, options, ids, side):
    cases, place = os.path.join(options.write, "cases", "transformers"), os.path.join(options.write, "models")
    os.makedirs(cases, exist_ok=True)
    os.makedirs(place, exist_ok=True)
    link = os.path.join(place, "transformers")
    if not os.path.exists(link):
        os.symlink(os.path.abspath(options.model), link)
    bos, _, pad, start = ids
    draw, size = torch.Generator().manual_seed(options.seed), model.config.vision_config.image_size
    pixels = torch.rand(2, 3, size, size, generator=draw) * 2 - 1
    inner = model.model
    features = inner.vision_model(pixels.to(options.device)).last_hidden_state
    write_safetensors(os.path.join(cases, "case1_vision.safetensors"), {"pixel_values": pixels, "features": features, "aligner_out": inner.aligner(features)})

    codes = torch.randint(0, model.config.vq_config.num_embeddings, (2, side ** 2), generator=draw)
    write_safetensors(os.path.join(cases, "case5_vq.safetensors"), {"codes": codes, "decoded": inner.vqmodel.decode(codes.to(options.device))})

    prompt = torch.cat((torch.tensor([bos]), torch.randint(0, model.config.text_config.vocab_size // 2, (12,), generator=draw), torch.tensor([start])))
    out = {"prompt_ids": prompt, "image_tokens": codes}
    twin = prompt.clone()
    twin[1:-1] = pad
    for name, row in (("cond", prompt), ("uncond", twin)):
        words = model.get_input_embeddings()(row.to(options.device)).expand(len(codes), -1, -1)
        drawn = model.prepare_embeddings_for_image_generation(codes[:, :-1].to(options.device))
        hidden = inner.language_model(inputs_embeds=torch.cat((words, drawn), 1)).last_hidden_state
        logits = inner.generation_head(hidden[:, len(prompt) - 1:])
        out[f"full_logits_{name}"] = logits
        out[f"image_logprob_{name}"] = torch.log_softmax(logits, -1).gather(2, codes.to(options.device)[..., None]).squeeze(2)
    write_safetensors(os.path.join(cases, "case6_logprob.safetensors"), out)
    print(json.dumps({"written": options.write, "torch": torch.__version__}))


def bench(model, options, ids):
    bos, eos, pad, start = ids
    config = model.generation_config
    config.bos_token_id, config.eos_token_id, config.pad_token_id = bos, eos, pad
    config.generation_kwargs = {"boi_token_id": start}
    words = torch.randint(0, model.config.text_config.vocab_size // 2, (15,), generator=torch.Generator().manual_seed(options.seed))
    prompt = torch.cat((torch.tensor([bos]), words, torch.tensor([start]))).repeat(options.group, 1).to(options.device)
    tokens, spent = model.config.vision_config.num_image_tokens, []
    for _ in range(options.repeat + 1):
        begun = time.perf_counter()
        model.generate(prompt, attention_mask=torch.ones_like(prompt), generation_mode="image", do_sample=True, guidance_scale=5).cpu()
        spent.append(time.perf_counter() - begun)
    median = float(np.median(spent[1:]))
    print(json.dumps({"bench": "transformers generate", "ms_per_token": 1000 * median / tokens, "tokens_per_s": options.group * tokens / median,
                      "images_per_s_without_decoding": options.group / median, "group": options.group, "dtype": options.dtype, "torch": torch.__version__}))


def main():
    parser = argparse.ArgumentParser(description="Transformers' own Janus: its time, or numbers to compare with.")
    parser.add_argument("--model", required=True, help="folder in the layout of an original Janus checkpoint")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--group", type=int, default=8)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--random", action="store_true", help="make the weights up")
    parser.add_argument("--write", help="folder of reference cases to write instead of timing; computes in float32")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    config, ids, side = configured(options.model)
    model = JanusForConditionalGeneration(config)
    if not options.random:
        weights = read_safetensors(os.path.join(options.model, "model.safetensors"))
        missing, extra = model.load_state_dict({k: v.float() for k, v in converted(weights).items()}, strict=False)
        if extra or any("rotary" not in name for name in missing):
            sys.exit(f"Transformers' model does not fit: missing {missing[:3]}, extra {extra[:3]}")
    model = model.to(options.device, torch.float32 if options.write else getattr(torch, options.dtype)).eval()
    write(model, options, ids, side) if options.write else bench(model, options, ids)


if __name__ == "__main__":
    main()
