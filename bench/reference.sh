#!/usr/bin/env bash
# Compares PairUni with what the original code computes: every case of a folder of reference cases, within its stated tolerance.
#   bench/reference.sh DIR [--device cuda]
# DIR holds cases/, models/, tokenizer/ and images/. Prints a table of case, tensor, tolerance, largest difference and result;
# the exit code is 1 when a comparison fails.
set -euo pipefail
(($#)) || { printf 'usage: bench/reference.sh DIR [--device cuda]\n' >&2; exit 2; }
exec "$(dirname "${BASH_SOURCE[0]}")/../pairuni" bench reference "$@"
