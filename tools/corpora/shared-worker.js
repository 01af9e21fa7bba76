// Writes each number it is sent into the memory that it shares with stacks/wasm-threads.js.
let counter;
self.onmessage = ({ data }) => {
  if (typeof data === "number") Atomics.store(counter, 0, data);
  else counter = new Int32Array(data.buffer);
};
