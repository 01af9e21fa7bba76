# shellcheck shell=bash disable=SC2154 # browser, frames, quality, work and seconds come from the script that sources this
# Other tools on the pages of bench/pages, for render.sh: HyperFrames and Remotion, where their npm packages are installed.
# Neither can open a page as it is; each gets a copy that shows the same picture for a time that it sets, drawn once a frame.
#
#   peers                    prints the names of those that are there
#   prepare_TOOL PAGE…       says in a line what is run, and makes what no run should be charged with
#   TOOL PAGE PRESET WORKERS FILE   prints the command that renders the page into the file, an argument a line
#   TOOL_as_it_comes PAGE WORKERS FILE   the same without preset and quality

peers() {
  [ -z "${HYPERFRAMES:-}" ] || echo hyperframes
  [ -z "${REMOTION:-}" ] || echo remotion
}

node_of() { # DIR: the Node.js installed there, or the system's
  if [ -x "$1/node_modules/node/bin/node" ]; then echo "$1/node_modules/node/bin/node"; else command -v node; fi
}

version_of() { # DIR PACKAGE
  jq -r .version "$1/node_modules/$2/package.json" 2>/dev/null || die "$2 is not installed in $1: see the top of bench/render.sh"
}

# The page without its own loop of animation frames: who shows it says when draw is called.
without_loop() { sed 's/^ *requestAnimationFrame(draw);$//' "$1.html"; }

# HyperFrames wants a root element with size and duration, and a timeline that it moves; CSS animations it moves itself. It
# sets the timeline three times a frame, as GSAP needs it, but only once with events, which is when GSAP calls onUpdate.
# A page that calls requestAnimationFrame would be captured in its slower way.
prepare_hyperframes() { # PAGE…
  local page
  for page in "$@"; do
    mkdir -p "hyperframes-$page"
    {
      without_loop "$page" | sed '/^<body>$/d' | sed 's|</style>$|&<body data-composition-id="bench" data-width="'"${width:-1920}"'" data-height="'"${height:-1080}"'" data-start="0" data-duration="'"$seconds"'" data-fps="30">|'
      cat <<PAGE
<script>
  {
    let now = 0;
    const totalTime = (time, silent) => {
      if (time === undefined) return now;
      now = time;
      if (!silent && typeof draw === "function") draw(time * 1000);
      if (!silent && window.helios) helios.seek(time * helios.fps);
      return timeline;
    };
    const duration = () => $seconds;
    const timeline = {
      duration, totalDuration: duration, time: totalTime, totalTime, seek: totalTime, progress: () => now / duration(),
      pause: () => timeline, play: () => timeline, paused: () => true, getChildren: () => [],
    };
    window.__timelines = { bench: timeline };
  }
</script>
PAGE
    } >"hyperframes-$page/index.html"
  done
  [ -z "${HYPERFRAMES:-}" ] || echo "HyperFrames $(version_of "$HYPERFRAMES" hyperframes): \`render --quality draft|standard|high --crf $quality --no-browser-gpu\`, which is x264's ultrafast, medium or slow without B-frames, with PRODUCER_FORCE_SCREENSHOT=false, which gives it beginFrame (without it --no-browser-gpu means Page.captureScreenshot, and without --no-browser-gpu each run starts a browser more to look for a GPU)."
}

hyperframes_as_it_comes() { # PAGE WORKERS FILE
  printf '%s\n' env DO_NOT_TRACK=1 HYPERFRAMES_NO_UPDATE_CHECK=1 "PRODUCER_HEADLESS_SHELL_PATH=$browser" "$(node_of "$HYPERFRAMES")" \
    "$HYPERFRAMES/node_modules/hyperframes/bin/hyperframes.mjs" render "hyperframes-$1" -o "$work/$3" --workers "$2"
}

hyperframes() {
  local -A qualities=([ultrafast]=draft [medium]=standard [slow]=high)
  printf '%s\n' env PRODUCER_FORCE_SCREENSHOT=false
  hyperframes_as_it_comes "$1" "$3" "$4"
  printf '%s\n' --quality "${qualities[$2]}" --crf "$quality" --no-browser-gpu
}

# Remotion shows React components: one with the page in a frame, set to the time of each frame before it is captured.
prepare_remotion() {
  local page
  mkdir -p remotion/public
  ln -sfn "$REMOTION/node_modules" remotion/node_modules
  echo '{ "name": "bench", "private": true }' >remotion/package.json
  for page in "${pages[@]}"; do
    {
      without_loop "$page"
      cat <<'PAGE'
<script>
  const animations = document.getAnimations();
  for (const animation of animations) animation.pause();
  window.seek = seconds => {
    for (const animation of animations) animation.currentTime = seconds * 1000;
    if (typeof draw === "function") draw(seconds * 1000);
  };
</script>
PAGE
    } >"remotion/public/$page.html"
  done
  cat >remotion/index.jsx <<PAGE
import React, { useLayoutEffect, useRef, useState } from "react";
import { Composition, continueRender, delayRender, registerRoot, staticFile, useCurrentFrame, useVideoConfig } from "remotion";

const Page = ({ page }) => {
  const frame = useCurrentFrame();
  const { fps } = useVideoConfig();
  const view = useRef(null);
  const [loaded, setLoaded] = useState(false);
  const [loading] = useState(() => delayRender());
  useLayoutEffect(() => {
    if (!loaded) return;
    view.current.contentWindow.seek(frame / fps);
    continueRender(loading);
  }, [frame, loaded]);
  return <iframe ref={view} src={staticFile(page + ".html")} onLoad={() => setLoaded(true)} style={{ width: 1920, height: 1080, border: 0 }} />;
};

registerRoot(() => "${pages[*]}".split(" ").map(page =>
  <Composition key={page} id={page} component={Page} defaultProps={{ page }} width={1920} height={1080} fps={30} durationInFrames={$frames} />));
PAGE
  (cd remotion && "$(node_of "$REMOTION")" "$REMOTION/node_modules/@remotion/cli/remotion-cli.js" bundle index.jsx --out-dir=build) >out.txt 2>&1 || { cat out.txt >&2; die "Remotion cannot bundle its project"; }
  echo "Remotion $(version_of "$REMOTION" remotion): \`render --crf $quality --x264-preset PRESET --concurrency WORKERS\` (tabs of one browser); the page stands in an iframe; bundling is not counted."
}

remotion_as_it_comes() { # PAGE WORKERS FILE
  printf '%s\n' env DO_NOT_TRACK=1 "$(node_of "$REMOTION")" "$REMOTION/node_modules/@remotion/cli/remotion-cli.js" render \
    "$work/remotion/build" "$1" "$work/$3" --concurrency="$2" "--browser-executable=$browser" --log=error
}

remotion() {
  remotion_as_it_comes "$1" "$3" "$4"
  printf '%s\n' --crf="$quality" --x264-preset="$2"
}
