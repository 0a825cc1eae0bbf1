#!/usr/bin/env bash
# Makes the pictures of the READMEs again, in this folder: docs/pictures/make.sh [RUN…]
# Training and charts show the given runs; without any, two short trainings are made for them (about a minute each).
# TERRAZZO names another launcher than the one of this checkout.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
terrazzo=$(realpath "${TERRAZZO:-$here/../../terrazzo}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shoot() { # NAME, then options of `terrazzo studio`
    local name=$1
    shift
    "$terrazzo" studio --screenshot "$here/$name.jpg" --size 1440x900 "$@"
}

mkdir "$work/work_dirs" # where the studio looks for runs
for run in "$@"; do
    cp -r "$run" "$work/work_dirs/"
done
cd "$work"
if [ $# = 0 ]; then
    config=unet-s4-w8_fcn_1xb4-30i_scenes-96x128
    "$terrazzo" scenes data/scenes --count 24 > /dev/null
    for rate in 0.01 0.05; do
        "$terrazzo" train "$config" --data-root data/scenes --work-dir "work_dirs/lr-$rate" --device cpu \
            --cfg-options train_cfg.max_iters=120 train_cfg.val_interval=30 param_scheduler.0.end=120 \
            "optim_wrapper.optimizer.lr=$rate" > /dev/null
    done
fi

# The model runs a second time, for the first one takes longer.
shoot inference --demo --theme light --lang en --do inference.run
shoot close --demo --theme dark --lang en --do inference.run,canvas.in,canvas.in,canvas.in,inference.outlines
shoot chinese --demo --theme dark --lang zh --do inference.run,inference.byArea
shoot commands --demo --theme light --lang en --do inference.run,palette
shoot train --theme light --lang en --workspace train
shoot charts --theme light --lang en --workspace charts work_dirs/*
for picture in "$here"/*.jpg; do
    [ "$(wc -c < "$picture")" -le 307200 ] || { echo "$picture is larger than 300 KB" >&2; exit 1; }
done
