#!/usr/bin/env bash
# Makes the pictures of the READMEs again, in this folder: docs/pictures/make.sh [RUN…]
# The charts show the given runs; without any, two short trainings are made for them (about a minute each).
# TERRAZZO names another launcher than the one of this checkout.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
terrazzo=${TERRAZZO:-$here/../../terrazzo}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shoot() { # NAME, then options of `terrazzo studio`
    local name=$1
    shift
    "$terrazzo" studio --screenshot "$here/$name.jpg" --size 1440x900 "$@"
}

runs=("$@")
if [ ${#runs[@]} = 0 ]; then
    config=unet-s4-w8_fcn_1xb4-30i_scenes-96x128
    "$terrazzo" scenes "$work/scenes" --count 24 > /dev/null
    for rate in 0.05 0.01; do
        "$terrazzo" train "$config" --data-root "$work/scenes" --work-dir "$work/lr-$rate" --device cpu \
            --cfg-options train_cfg.max_iters=120 train_cfg.val_interval=30 param_scheduler.0.end=120 "optim_wrapper.optimizer.lr=$rate" > /dev/null
        runs+=("$work/lr-$rate")
    done
fi

shoot inference --demo --theme light --lang en
shoot close --demo --theme dark --lang en --do canvas.in,canvas.in,canvas.in,inference.outlines
shoot chinese --demo --theme dark --lang zh --do inference.byArea
shoot commands --demo --theme light --lang en --do palette
shoot train --theme light --lang en --workspace train
shoot charts --theme light --lang en --workspace charts "${runs[@]}"
