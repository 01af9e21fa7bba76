// stack: Paper.js: its onFrame, a path that is smoothed anew
// marker: x = 40 + 240 * t
import paper from "paper/dist/paper-core";

document.querySelector("#app").innerHTML = '<canvas width="320" height="180"></canvas>';
paper.setup(document.querySelector("canvas"));
const box = new paper.Path.Rectangle({ point: [30, 80], size: [20, 20], fillColor: "#f0f" });
const wave = new paper.Path({ strokeColor: "#4f8", strokeWidth: 3, segments: Array.from({ length: 9 }, (_, i) => [40 * i, 150]) });
paper.view.onFrame = ({ time }) => {
  box.position.x = 40 + 240 * Math.min(1, time);
  wave.segments.forEach((segment, i) => {
    segment.point.y = 150 + 15 * Math.sin(6 * time + i);
  });
  wave.smooth();
};
