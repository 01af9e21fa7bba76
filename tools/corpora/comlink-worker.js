// What stacks/comlink.js and stacks/comlink-proxy.js ask for.
import { expose } from "comlink";

expose({
  place: async t => 40 + 240 * t,
  follow(show) {
    const start = performance.now();
    setInterval(() => show((performance.now() - start) / 1000), 20);
  },
});
