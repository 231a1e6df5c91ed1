"""Janus-Pro in plain PyTorch: the yardstick for `pairuni bench rollout` and `pairuni bench learner`.

    python3 bench/pytorch/janus_nano.py rollout --model assets/janus-nano --group 8 --threads 2 --repeat 20
    python3 bench/pytorch/janus_nano.py learner --model assets/janus-nano --group 8 --threads 2 --repeat 10

Reads a folder in the layout of an original Janus checkpoint (config.json with the optional x_ fields, model.safetensors),
runs on torch 1.13 and 2.x, needs nothing but torch and numpy, and prints one line of JSON. With --serve it does one round for
each line of its standard input and answers with the round's seconds, so that `pairuni bench` can take turns with it. The rollout is the ordinary loop:
conditional and unconditional rows side by side, KV cache grown by concatenation, one multinomial draw per step, VQ decoding
at the end. The learner step is the ordinary one: teacher-forced log-probabilities of every sample with its own copy of the
prompt, clipped loss, gradient clipping, AdamW.
"""
import argparse
import json
import os
import struct
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def attention(q, k, v, bias):
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    w = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
    return torch.softmax(w if bias is None else w + bias, -1) @ v


class VisionBlock(nn.Module):
    def __init__(self, d, heads, ratio):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(d, eps=1e-6)
        self.attn = nn.Module()
        self.attn.qkv = nn.Linear(d, 3 * d)
        self.attn.proj = nn.Linear(d, d)
        self.norm2 = nn.LayerNorm(d, eps=1e-6)
        self.mlp = nn.Module()
        self.mlp.fc1 = nn.Linear(d, int(d * ratio))
        self.mlp.fc2 = nn.Linear(int(d * ratio), d)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.attn.qkv(self.norm1(x)).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        x = x + self.attn.proj(attention(q, k, v, None).transpose(1, 2).reshape(b, n, d))
        return x + self.mlp.fc2(F.gelu(self.mlp.fc1(self.norm2(x))))


class VisionTower(nn.Module):
    def __init__(self, p):
        super().__init__()
        d, patch = p.get("x_width", 1024), p.get("x_patch_size", 16)
        n = (p["image_size"] // patch) ** 2
        self.patch_embed = nn.Module()
        self.patch_embed.proj = nn.Conv2d(3, d, patch, patch)
        self.pos_embed = nn.Parameter(torch.randn(1, n, d) * 0.02)
        self.blocks = nn.ModuleList(VisionBlock(d, p.get("x_heads", 16), p.get("x_mlp_ratio", 4)) for _ in range(p.get("x_layers", 24)))
        self.norm = nn.LayerNorm(d, eps=1e-6)

    def forward(self, pixels):
        x = self.patch_embed.proj(pixels).flatten(2).transpose(1, 2) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


class Projector(nn.Module):
    def __init__(self, inner, outer):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(inner, outer), nn.GELU(), nn.Linear(outer, outer))

    def forward(self, x):
        return self.layers(x)


class GenHead(nn.Module):
    def __init__(self, d, inner, codes):
        super().__init__()
        self.output_mlp_projector = nn.Linear(d, inner)
        self.vision_head = nn.Linear(inner, codes)

    def forward(self, x):
        return self.vision_head(F.gelu(self.output_mlp_projector(x)))


def group_norm(c):
    return nn.GroupNorm(32, c, eps=1e-6)


class ResBlock(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.norm1, self.conv1 = group_norm(cin), nn.Conv2d(cin, cout, 3, 1, 1)
        self.norm2, self.conv2 = group_norm(cout), nn.Conv2d(cout, cout, 3, 1, 1)
        if cin != cout:
            self.nin_shortcut = nn.Conv2d(cin, cout, 1)

    def forward(self, x):
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.conv2(F.silu(self.norm2(h)))
        return (self.nin_shortcut(x) if hasattr(self, "nin_shortcut") else x) + h


class AttnBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = group_norm(c)
        self.q, self.k, self.v, self.proj_out = (nn.Conv2d(c, c, 1) for _ in range(4))

    def forward(self, x):
        h = self.norm(x)
        b, c, hh, ww = h.shape
        q, k, v = (m(h).flatten(2) for m in (self.q, self.k, self.v))
        w = torch.softmax(q.transpose(1, 2) @ k * c ** -0.5, -1)
        return x + self.proj_out((v @ w.transpose(1, 2)).view(b, c, hh, ww))


class Resample(nn.Module):
    def __init__(self, c, up):
        super().__init__()
        self.up, self.conv = up, nn.Conv2d(c, c, 3, 1 if up else 2, 1 if up else 0)

    def forward(self, x):
        if self.up:
            return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return self.conv(F.pad(x, (0, 1, 0, 1)))


def mid(c):
    return nn.ModuleList([ResBlock(c, c), AttnBlock(c), ResBlock(c, c)])


class Encoder(nn.Module):
    def __init__(self, ch, mult, n_res, z):
        super().__init__()
        self.conv_in = nn.Conv2d(3, ch, 3, 1, 1)
        self.conv_blocks = nn.ModuleList()
        c = ch
        for i, m in enumerate(mult):
            level = nn.Module()
            level.res, level.attn = nn.ModuleList(), nn.ModuleList()
            for _ in range(n_res):
                level.res.append(ResBlock(c, ch * m))
                c = ch * m
                if i == len(mult) - 1:
                    level.attn.append(AttnBlock(c))
            if i < len(mult) - 1:
                level.downsample = Resample(c, up=False)
            self.conv_blocks.append(level)
        self.mid, self.norm_out, self.conv_out = mid(c), group_norm(c), nn.Conv2d(c, z, 3, 1, 1)

    def forward(self, x):
        x = self.conv_in(x)
        for level in self.conv_blocks:
            for i, res in enumerate(level.res):
                x = res(x)
                if len(level.attn):
                    x = level.attn[i](x)
            if hasattr(level, "downsample"):
                x = level.downsample(x)
        for block in self.mid:
            x = block(x)
        return self.conv_out(F.silu(self.norm_out(x)))


class Decoder(nn.Module):
    def __init__(self, ch, mult, n_res, z):
        super().__init__()
        c = ch * mult[-1]
        self.conv_in, self.mid = nn.Conv2d(z, c, 3, 1, 1), mid(c)
        self.conv_blocks = nn.ModuleList()
        for i, m in enumerate(reversed(mult)):
            level = nn.Module()
            level.res, level.attn = nn.ModuleList(), nn.ModuleList()
            for _ in range(n_res + 1):
                level.res.append(ResBlock(c, ch * m))
                c = ch * m
                if i == 0:
                    level.attn.append(AttnBlock(c))
            if i < len(mult) - 1:
                level.upsample = Resample(c, up=True)
            self.conv_blocks.append(level)
        self.norm_out, self.conv_out = group_norm(c), nn.Conv2d(c, 3, 3, 1, 1)

    def forward(self, x):
        x = self.conv_in(x)
        for block in self.mid:
            x = block(x)
        for level in self.conv_blocks:
            for i, res in enumerate(level.res):
                x = res(x)
                if len(level.attn):
                    x = level.attn[i](x)
            if hasattr(level, "upsample"):
                x = level.upsample(x)
        return self.conv_out(F.silu(self.norm_out(x)))


class VQModel(nn.Module):
    def __init__(self, p):
        super().__init__()
        ch, mult, z, n_res = p.get("x_ch", 128), p.get("x_ch_mult", [1, 1, 2, 2, 4]), p.get("x_z_channels", 256), p.get("x_num_res_blocks", 2)
        self.encoder, self.decoder = Encoder(ch, mult, n_res, z), Decoder(ch, mult, n_res, z)
        self.quant_conv, self.post_quant_conv = nn.Conv2d(z, p["n_embed"], 1), nn.Conv2d(p["n_embed"], z, 1)
        self.quantize = nn.Module()
        self.quantize.embedding = nn.Embedding(p["image_token_size"], p["n_embed"])

    def encode(self, x):
        """Codes [B, h*w] in raster order."""
        z = F.normalize(self.quant_conv(self.encoder(x)), dim=1).permute(0, 2, 3, 1)
        return (z.flatten(0, 2) @ F.normalize(self.quantize.embedding.weight, dim=1).t()).argmax(1).view(z.shape[0], -1)

    def decode(self, codes, side):
        z = F.normalize(self.quantize.embedding(codes), dim=-1)
        return self.decoder(self.post_quant_conv(z.view(len(codes), side, side, -1).permute(0, 3, 1, 2).contiguous()))


class RMSNorm(nn.Module):
    def __init__(self, d, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(d)), eps

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps))


def rotate_half(x):
    a, b = x.chunk(2, -1)
    return torch.cat((-b, a), -1)


class LlamaLayer(nn.Module):
    def __init__(self, c):
        super().__init__()
        d, self.heads = c["hidden_size"], c["num_attention_heads"]
        self.kv_heads, self.hd = c.get("num_key_value_heads", c["num_attention_heads"]), d // c["num_attention_heads"]
        eps = c.get("rms_norm_eps", 1e-6)
        self.input_layernorm, self.post_attention_layernorm = RMSNorm(d, eps), RMSNorm(d, eps)
        self.self_attn, self.mlp = nn.Module(), nn.Module()
        self.self_attn.q_proj = nn.Linear(d, self.heads * self.hd, bias=False)
        self.self_attn.k_proj = nn.Linear(d, self.kv_heads * self.hd, bias=False)
        self.self_attn.v_proj = nn.Linear(d, self.kv_heads * self.hd, bias=False)
        self.self_attn.o_proj = nn.Linear(self.heads * self.hd, d, bias=False)
        self.mlp.gate_proj = nn.Linear(d, c["intermediate_size"], bias=False)
        self.mlp.up_proj = nn.Linear(d, c["intermediate_size"], bias=False)
        self.mlp.down_proj = nn.Linear(c["intermediate_size"], d, bias=False)

    def forward(self, x, cos, sin, bias, cache):
        b, t, d = x.shape
        h, a = self.input_layernorm(x), self.self_attn
        q = a.q_proj(h).view(b, t, self.heads, self.hd).transpose(1, 2)
        k = a.k_proj(h).view(b, t, self.kv_heads, self.hd).transpose(1, 2)
        v = a.v_proj(h).view(b, t, self.kv_heads, self.hd).transpose(1, 2)
        q, k = q * cos + rotate_half(q) * sin, k * cos + rotate_half(k) * sin
        if cache is not None:
            k, v = torch.cat((cache[0], k), 2), torch.cat((cache[1], v), 2)
        cache = (k, v)
        if self.kv_heads != self.heads:
            k, v = (m.repeat_interleave(self.heads // self.kv_heads, 1) for m in (k, v))
        o = attention(q, k, v, bias).transpose(1, 2).reshape(b, t, -1)
        x = x + a.o_proj(o)
        h = self.post_attention_layernorm(x)
        return x + self.mlp.down_proj(F.silu(self.mlp.gate_proj(h)) * self.mlp.up_proj(h)), cache


class Llama(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.model = nn.Module()
        self.model.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.model.layers = nn.ModuleList(LlamaLayer(c) for _ in range(c["num_hidden_layers"]))
        self.model.norm = RMSNorm(c["hidden_size"], c.get("rms_norm_eps", 1e-6))
        self.lm_head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)
        hd = c["hidden_size"] // c["num_attention_heads"]
        self.inv_freq = 1.0 / c.get("rope_theta", 10000.0) ** (torch.arange(0, hd, 2).float() / hd)

    def forward(self, embeds, cache=None, mask=None):
        """Hidden states after the final norm, and the grown cache. mask [B, keys]: 0 marks left padding."""
        t, past = embeds.shape[1], 0 if cache is None else cache[0][0].shape[2]
        device = embeds.device
        pos = torch.arange(past, past + t, device=device)[None]
        bias = None
        if t > 1:
            bias = torch.full((t, past + t), torch.finfo(torch.float32).min, device=device).triu(past + 1)[None, None].to(embeds.dtype)
        if mask is not None:
            pos = (mask.long().cumsum(1) - 1).masked_fill(mask == 0, 1)[:, past:past + t]
            pad = torch.zeros(mask.shape, device=device).masked_fill(mask == 0, torch.finfo(torch.float32).min)[:, None, None]
            bias = pad if bias is None else torch.minimum(bias, pad)
        angle = pos[..., None].float() * self.inv_freq.to(device)
        angle = torch.cat((angle, angle), -1)[:, None]
        cos, sin, grown, x = angle.cos().to(embeds.dtype), angle.sin().to(embeds.dtype), [], embeds
        for i, layer in enumerate(self.model.layers):
            x, pair = layer(x, cos, sin, bias, None if cache is None else cache[i])
            grown.append(pair)
        return self.model.norm(x), grown


class Janus(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        v, g, l = cfg["vision_config"]["params"], cfg["gen_vision_config"]["params"], cfg["language_config"]
        d = l["hidden_size"]
        self.vision_model = nn.Module()
        self.vision_model.vision_tower = VisionTower(v)
        self.aligner = Projector(cfg["aligner_config"]["params"]["input_dim"], d)
        self.gen_vision_model = VQModel(g)
        self.gen_aligner = Projector(cfg["gen_aligner_config"]["params"]["input_dim"], d)
        self.gen_head = GenHead(d, cfg["gen_head_config"]["params"]["image_token_embed"], cfg["gen_head_config"]["params"]["image_token_size"])
        self.gen_embed = nn.Embedding(g["image_token_size"], g["n_embed"])
        self.language_model = Llama(l)

    def image_features(self, pixels):
        return self.aligner(self.vision_model.vision_tower(pixels))

    def code_embeds(self, codes):
        return self.gen_aligner(self.gen_embed(codes))


def read_safetensors(path):
    kinds = {"F32": np.float32, "F64": np.float64, "F16": np.float16, "I64": np.int64, "I32": np.int32, "U8": np.uint8, "BOOL": np.bool_, "BF16": np.uint16}
    out = {}
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header, data = json.loads(file.read(size)), file.read()
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        array = np.frombuffer(data[start:end], kinds[entry["dtype"]])
        if entry["dtype"] == "BF16":
            array = (array.astype(np.uint32) << 16).view(np.float32)
        out[name] = torch.from_numpy(array.reshape(entry["shape"]).copy())
    return out


def made_up(folder, dtype):
    """A model of the folder's sizes in which every weight is small and alike: its time is that of any other weights."""
    for layer in (nn.Linear, nn.Embedding, nn.Conv2d):
        layer.reset_parameters = lambda self: None
    torch.set_default_dtype(dtype)
    with open(os.path.join(folder, "config.json")) as file:
        model = Janus(json.load(file))
    torch.set_default_dtype(torch.float32)
    for parameter in model.parameters():
        parameter.data.fill_(0.01)
    return model.eval()


def load(folder, dtype):
    with open(os.path.join(folder, "config.json")) as file:
        model = Janus(json.load(file))
    weights = read_safetensors(os.path.join(folder, "model.safetensors"))
    unused = ("vision_model.vision_tower.attn_pool.", "gen_vision_model.quantize.codebook_used")
    model.load_state_dict({k: v.float() for k, v in weights.items() if not k.startswith(unused)})
    return model.to(dtype).eval()


def special_ids(folder, vocabulary):
    """(begin of text, end of text, pad, image start, image slot, image end), looked up by text."""
    texts = ["<\uff5cbegin\u2581of\u2581sentence\uff5c>", "<\uff5cend\u2581of\u2581sentence\uff5c>", "<\uff5c\u2581pad\u2581\uff5c>",
             "<begin_of_image>", "<image_placeholder>", "<end_of_image>"]
    path = os.path.join(folder, "tokenizer.json")
    known = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            known = {t["content"]: t["id"] for t in json.load(file)["added_tokens"]}
    return [known.get(text, vocabulary - 1 - i) for i, text in enumerate(texts)]


class Layout:
    """Token counts of the two kinds of prompt; what the words are does not matter for the time."""

    def __init__(self, folder, model, prompt_tokens, question_tokens, seed):
        vision, generator = model.cfg["vision_config"]["params"], torch.Generator().manual_seed(seed)
        vocabulary = model.cfg["language_config"]["vocab_size"]
        self.bos, self.eos, self.pad, self.start, self.slot, self.end = special_ids(folder, vocabulary)
        self.image_size, self.slots = vision["image_size"], (vision["image_size"] // vision.get("x_patch_size", 16)) ** 2
        self.side = model.cfg["gen_vision_config"]["params"].get("x_grid") or self.image_size // vision.get("x_patch_size", 16)
        self.codes = model.cfg["gen_vision_config"]["params"]["image_token_size"]
        words = lambda n: torch.randint(0, vocabulary // 2, (n,), generator=generator)
        one = lambda i: torch.tensor([i])
        self.prompt = torch.cat((one(self.bos), words(prompt_tokens - 2), one(self.start)))
        rest = max(0, question_tokens - self.slots - 3)
        self.question = torch.cat((one(self.bos), words(rest // 2), one(self.start), one(self.slot).repeat(self.slots), one(self.end), words(rest - rest // 2)))


@torch.no_grad()
def sample_images(model, prompt, pad, group, tokens, cfg=5.0, temperature=1.0):
    """Codes [group, tokens] for one prompt; even rows conditional, odd rows with the prompt replaced by padding."""
    ids = prompt.repeat(group * 2, 1)
    ids[1::2, 1:-1] = pad
    hidden, cache = model.language_model(model.language_model.model.embed_tokens(ids))
    codes = torch.empty(group, tokens, dtype=torch.long, device=prompt.device)
    for i in range(tokens):
        logits = model.gen_head(hidden[:, -1])
        cond, uncond = logits[0::2], logits[1::2]
        probabilities = torch.softmax((uncond + cfg * (cond - uncond)).float() / temperature, -1)
        codes[:, i] = torch.multinomial(probabilities, 1).squeeze(1)
        if i + 1 < tokens:
            embeds = model.code_embeds(codes[:, i].repeat_interleave(2))[:, None]
            hidden, cache = model.language_model(embeds, cache)
    return codes


@torch.no_grad()
def decode(model, codes, side):
    """Bytes [B, H, W, 3]."""
    pixels = (model.gen_vision_model.decode(codes, side).float() + 1) / 2 * 255
    return pixels.clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def image_logits(model, prompts, codes):
    """Conditional logits [B, N, codes] of the image tokens, teacher-forced."""
    embeds = torch.cat((model.language_model.model.embed_tokens(prompts), model.code_embeds(codes[:, :-1])), 1)
    hidden, _ = model.language_model(embeds)
    return model.gen_head(hidden[:, prompts.shape[1] - 1:])


def text_logits(model, prompts, slots, features, answers):
    """Logits [B, T, vocabulary] of the answer tokens, teacher-forced; slots [B, L] marks the image positions."""
    words = model.language_model.model.embed_tokens
    embeds = words(prompts).masked_scatter(slots[..., None], features)
    hidden, _ = model.language_model(torch.cat((embeds, words(answers[:, :-1])), 1))
    return model.language_model.lm_head(hidden[:, prompts.shape[1] - 1:])


def chosen(logits, tokens):
    return torch.log_softmax(logits, -1).gather(-1, tokens[..., None]).squeeze(-1)


def clipped_loss(logp, advantage, clip=0.2):
    ratio, a = (logp - logp.detach()).exp(), advantage[:, None]
    return -torch.minimum(ratio * a, ratio.clamp(1 - clip, 1 + clip) * a).mean(1).mean()


def advantages(rewards):
    return ((rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)).flatten()


def learner_step(model, optimizer, trained, batch):
    """One PairGRPO update on both halves; the vision tower and its aligner are frozen."""
    prompts, codes, image_advantage, questions, slots, pixels, answers, text_advantage = batch
    with torch.no_grad():
        features = model.image_features(pixels)
    features = features.repeat_interleave(len(questions) // len(pixels), 0)
    loss = clipped_loss(chosen(image_logits(model, prompts, codes), codes), image_advantage)
    loss = loss + clipped_loss(chosen(text_logits(model, questions, slots, features, answers), answers), text_advantage)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    return float(loss.detach())


def timed(action, repeat):
    action()
    action()
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return float(np.median(spent)), float(min(spent))


def serve(action):
    for _ in sys.stdin:
        start = time.perf_counter()
        action()
        print(time.perf_counter() - start, flush=True)
    sys.exit(0)


def bench_rollout(model, layout, options):
    tokens = options.tokens or layout.side ** 2
    prompt = layout.prompt.to(options.device)
    draw = lambda: sample_images(model, prompt, layout.pad, options.group, tokens).cpu().to(options.device)
    action = draw if options.tokens else lambda: decode(model, draw(), layout.side)
    if options.serve:
        serve(action)
    median, best = timed(action, options.repeat)
    return {"bench": "rollout", "images_per_s": options.group / median, "images_per_s_best": options.group / best, "group": options.group,
            "tokens": tokens, "prompt_tokens": len(layout.prompt), "cfg": 5.0, "timed": "prompt, sampling of all image tokens with CFG and KV cache, VQ decoding to bytes"}


def bench_learner(model, layout, options):
    rows, tokens = options.pairs * options.group, layout.side ** 2
    frozen = ("vision_model.", "aligner.", "gen_vision_model.")
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith(frozen))
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-6, betas=(0.9, 0.95), weight_decay=0.0)
    codes = torch.randint(0, layout.codes, (rows, tokens))
    answers = torch.cat((torch.randint(0, 4, (rows, 1)), torch.full((rows, 1), layout.eos)), 1)
    reward = lambda: advantages((torch.rand(options.pairs, options.group) < 0.5).float())
    questions = layout.question.repeat(rows, 1)
    batch = (layout.prompt.repeat(rows, 1), codes, reward(), questions, questions == layout.slot,
             torch.rand(options.pairs, 3, layout.image_size, layout.image_size) * 2 - 1, answers, reward())
    action = lambda: learner_step(model, optimizer, trained, batch)
    if options.serve:
        serve(action)
    median, best = timed(action, options.repeat)
    return {"bench": "learner", "s_per_step": median, "s_per_step_best": best, "pairs": options.pairs, "group": options.group,
            "image_rows": rows, "image_row_tokens": len(layout.prompt) + tokens, "text_rows": rows, "text_row_tokens": len(layout.question) + 2,
            "timed": "vision features, teacher-forced forward of both halves, clipped loss, backward, gradient clipping, AdamW"}


def main():
    parser = argparse.ArgumentParser(description="Times janus-nano written plainly in PyTorch.")
    parser.add_argument("what", choices=["rollout", "learner"])
    parser.add_argument("--model", required=True, help="folder in the layout of a Janus checkpoint")
    parser.add_argument("--group", type=int, default=8, help="samples of a group")
    parser.add_argument("--pairs", type=int, default=12, help="pairs of a learner step")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=10, help="timed repetitions after two warm-ups; the median counts")
    parser.add_argument("--prompt-tokens", type=int, default=17, help="tokens of a generation prompt")
    parser.add_argument("--question-tokens", type=int, default=92, help="tokens of an understanding prompt, image slots included")
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--device", default="cpu", help="of the rollout")
    parser.add_argument("--tokens", type=int, help="image tokens to draw, without decoding; a whole image without it")
    parser.add_argument("--random", action="store_true", help="make the weights up instead of reading them: only config.json is needed")
    parser.add_argument("--serve", action="store_true", help="one round for each line of standard input")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    model = (made_up if options.random else load)(options.model, getattr(torch, options.dtype)).to(options.device)
    layout = Layout(options.model, model, options.prompt_tokens, options.question_tokens, options.seed)
    result = (bench_rollout if options.what == "rollout" else bench_learner)(model, layout, options)
    parameters = sum(p.numel() for p in model.parameters())
    print(json.dumps({**result, "threads": options.threads, "repeat": options.repeat, "parameters": parameters, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
