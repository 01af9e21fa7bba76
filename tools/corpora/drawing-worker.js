// Draws into the canvas that stacks/module-worker.js gives it, in animation frames of its own.
import { interpolateRgb } from "d3";

self.onmessage = ({ data: { canvas } }) => {
  const context = canvas.getContext("2d"), color = interpolateRgb("#4f8", "#fa4");
  requestAnimationFrame(function step(now) {
    const t = Math.min(1, now / 1000);
    context.fillStyle = color(t);
    context.fillRect(0, 0, 320, 180);
    context.fillStyle = "#f0f";
    context.fillRect(30 + 240 * t, 80, 20, 20);
    requestAnimationFrame(step);
  });
};
