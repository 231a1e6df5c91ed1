#!/usr/bin/env bash
# Janus-Pro on a GPU: parity of decoding and teacher forcing in float32 and bfloat16, images per second at 16 and 64, tokens per second at a
# group of 8, beside the plain PyTorch loop and Transformers' generate, and the share of the memory bandwidth that decoding reaches.
#   bench/gpu.sh [--model DIR] [--reference DIR] [--out FILE] [--device cuda|cpu] [--tokens N]
# Without --model a folder of Janus-Pro-1B's sizes with random weights is made. The native library is built against the torch of
# the Python on the PATH (or LIBTORCH), and PairUni as a publish that needs no .NET on the machine, unless PAIRUNI names one.
# On a machine without CUDA everything runs on the CPU with a small model, so that the script itself can be checked.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
model='' reference='' out=$root/artifacts/bench/gpu.md device='' tokens=''
while (($#)); do
    case $1 in
        --model) model=$2 ;;
        --reference) reference=$2 ;;
        --out) out=$2 ;;
        --device) device=$2 ;;
        --tokens) tokens=$2 ;;
        *) printf 'gpu.sh: there is no option %s\n' "$1" >&2; exit 2 ;;
    esac
    shift 2 || { printf 'gpu.sh: %s needs a value\n' "$1" >&2; exit 2; }
done

say() { printf 'gpu.sh: %s\n' "$*" >&2; }
python=''
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import torch' 2>/dev/null; then python=$candidate; break; fi
done
if [[ -z $device ]]; then
    device=cpu
    [[ -n $python ]] && "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())' && device=cuda
fi
mkdir -p "$(dirname "$out")"

# The torch that Python uses is the torch that PairUni uses, so that both sides run the same kernels.
if [[ -z ${LIBTORCH:-} && -n $python ]]; then
    folder=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')
    [[ -e $folder/lib/libtorch_cpu.so && -d $folder/include ]] && export LIBTORCH=$folder
fi
if [[ -z ${PAIRUNI:-} ]]; then
    say "building against ${LIBTORCH:-the system\'s libtorch}"
    cmake -S "$root/native" -B "$root/native/build" -DCMAKE_BUILD_TYPE=Release ${LIBTORCH:+"-DLIBTORCH=$LIBTORCH"} >"$out.log"
    cmake --build "$root/native/build" -j "$(nproc)" >>"$out.log"
    if ! dotnet publish "$root/src/Cli/PairUni.Cli.csproj" -c Release -r linux-x64 --self-contained -o "$root/artifacts/gpu" -v quiet --nologo >>"$out.log" 2>&1; then
        say "a self-contained publish needs the .NET runtime pack; using the machine's .NET instead"
        dotnet publish "$root/src/Cli/PairUni.Cli.csproj" -c Release -o "$root/artifacts/gpu" -v quiet --nologo >>"$out.log" 2>&1
    fi
    PAIRUNI=$root/artifacts/gpu/pairuni
fi
[[ -n ${LIBTORCH:-} ]] && export LD_LIBRARY_PATH=$LIBTORCH/lib:${LD_LIBRARY_PATH:-}
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}

if [[ -z $model ]]; then
    if [[ $device == cpu ]]; then
        model=$root/assets/janus-nano
    else
        model=$root/artifacts/bench/janus-pro-1b
        [[ -e $model/config.json ]] || "$PAIRUNI" model make --preset janus-pro-1b --random --seed 1 --out "$model"
    fi
fi
batches=(16 64) types=(float32 bfloat16)
first=64
[[ $device == cpu ]] && batches=(4) first=16

section() { printf '\n## %s\n\n```\n' "$1"; shift; "$@" 2>&1 || printf '(failed: %s)\n' "$*"; printf '```\n'; }
{
    printf '# Janus-Pro on %s\n\n' "$device"
    printf '`%s`, %s, %s cores\n' "$(basename "$model")" "$(grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //')" "$(nproc)"
    command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader
    if [[ -n $reference ]]; then
        section 'The original code, tiny models' "$PAIRUNI" bench reference "$reference" --device "$device"
    fi
    if [[ -n $python ]] && "$python" -c 'from transformers import JanusForConditionalGeneration' 2>/dev/null; then
        section "Transformers' numbers" "$python" "$root/bench/pytorch/hf_janus.py" --model "$model" --device "$device" --write "$root/artifacts/bench/transformers"
        mkdir -p "$root/artifacts/bench/transformers/tokenizer"
        cp "$model"/*token*.json "$root/artifacts/bench/transformers/tokenizer/"
        section "PairUni beside Transformers' numbers" "$PAIRUNI" bench reference "$root/artifacts/bench/transformers" --device "$device"
    fi
    section 'Parity of cached decoding and teacher forcing' "$PAIRUNI" bench parity --model "$model" --device "$device" ${tokens:+--tokens "$tokens"}
    for type in "${types[@]}"; do
        for batch in "${batches[@]}"; do
            section "$batch images in $type" "$PAIRUNI" bench rollout --model "$model" --device "$device" --dtype "$type" --group "$batch" --rounds 3 ${tokens:+--tokens "$tokens"}
        done
        section "Tokens of a group of 8 in $type" "$PAIRUNI" bench rollout --model "$model" --device "$device" --dtype "$type" --group 8 --rounds 3 --tokens "${tokens:-$first}"
        if [[ -n $python ]]; then
            section "Transformers' generate in $type" "$python" "$root/bench/pytorch/hf_janus.py" --model "$model" --device "$device" --dtype "$type" --group 8 --random
        fi
    done
} | tee "$out"
say "written to $out"
