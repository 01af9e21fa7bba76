// stack: Observable Plot: a chart made anew in each frame
// note: the bar has no width in frame 0
// marker: right = 40 + 240 * t
import * as Plot from "@observablehq/plot";

const main = document.querySelector("#app");
requestAnimationFrame(function step(now) {
  const n = Math.min(30, Math.floor((now * 30) / 1000));
  main.replaceChildren(
    Plot.plot({
      width: 320,
      height: 180,
      marginLeft: 40,
      marginRight: 40,
      x: { domain: [0, 30] },
      marks: [Plot.rect([0], { x1: 0, x2: n, y1: 0, y2: 1, fill: "#f0f" }), Plot.ruleX([n])],
    }),
  );
  requestAnimationFrame(step);
});
