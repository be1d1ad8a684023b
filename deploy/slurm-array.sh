#!/bin/bash
# A study in shards, one a task of a Slurm array. Each goes on where it was when its job is requeued or submitted again.
#
#   sbatch --export=ALL,SUPERSIGN=$HOME/supersign,MODEL=photos10,IMAGES=/data/imagenet/val,OUT=/scratch/$USER/study \
#     deploy/slurm-array.sh --measures aura-matrix,shannon
#
# SUPERSIGN is a checkout after "npm ci" and "npm run build". What stands behind the script goes to "npx supersign study".
#SBATCH --job-name=supersign
#SBATCH --array=1-16
#SBATCH --cpus-per-task=8
#SBATCH --mem=12G
#SBATCH --time=08:00:00
#SBATCH --output=supersign-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:TERM@120
# On a partition with GPUs, for WebGPU:
##SBATCH --gres=gpu:1
set -uo pipefail

: "${SUPERSIGN:?the folder of Supersign}" "${MODEL:?a network}" "${IMAGES:?a folder or archive}" "${OUT:?a folder for results}"
: "${SLURM_ARRAY_TASK_ID:?this script is a task of an array}" "${SLURM_ARRAY_TASK_COUNT:?}" "${SLURM_ARRAY_TASK_MIN:=1}"

mkdir -p "$OUT"
shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))

node "$SUPERSIGN/bin/supersign.mjs" study --model "$MODEL" --images "$IMAGES" \
  --shard "$shard/$SLURM_ARRAY_TASK_COUNT" --out "$OUT/shard-$(printf %05d "$shard").parquet" --resume "$@" &
study=$!
# Slurm tells this shell, and no other process, that the time is nearly over.
trap 'kill -TERM "$study" 2>/dev/null' TERM INT
wait "$study"
code=$?
if ((code > 128)); then
  wait "$study"
  code=$?
fi
# Interrupted: what is done is kept, and the next run goes on.
if ((code == 5)) && [[ -n "${SLURM_JOB_ID:-}" ]] && command -v scontrol >/dev/null; then
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
