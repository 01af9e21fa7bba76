// stack: tsParticles: links and a seeded crowd; its canvas is given to nobody
// marker: x = 40 + 240 * t
import { tsParticles } from "@tsparticles/engine";
import { loadSlim } from "@tsparticles/slim";
import { mark } from "../marker.js";

await loadSlim(tsParticles);
await tsParticles.load({
  id: "app",
  options: {
    fpsLimit: 120,
    background: { color: "#101425" },
    particles: {
      number: { value: 40 },
      color: { value: "#44ff88" },
      links: { enable: true, distance: 60 },
      move: { enable: true, speed: 3 },
      size: { value: 3 },
    },
  },
});
const start = performance.now();
requestAnimationFrame(function step(now) {
  mark(40 + 0.24 * Math.min(1000, now - start));
  requestAnimationFrame(step);
});
