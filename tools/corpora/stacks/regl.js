// stack: regl: its own frame loop and its clock
// marker: x = 40 + 240 * t
import createRegl from "regl";

const regl = createRegl(document.querySelector("#app"));
document.querySelector("#app").style.cssText = "display: block; width: 320px; height: 180px";
const draw = regl({
  vert: `precision mediump float; attribute vec2 position; uniform float x;
    void main() { gl_Position = vec4((position + vec2(x, 90)) / vec2(160, 90) - 1.0, 0, 1); }`,
  frag: "precision mediump float; void main() { gl_FragColor = vec4(1, 0, 1, 1); }",
  attributes: {
    position: [
      [-10, -10],
      [10, -10],
      [-10, 10],
      [10, 10],
    ],
  },
  uniforms: { x: regl.prop("x") },
  count: 4,
  primitive: "triangle strip",
});
regl.frame(({ time }) => {
  regl.clear({ color: [0.06, 0.08, 0.15, 1] });
  draw({ x: 40 + 240 * Math.min(1, time) });
});
