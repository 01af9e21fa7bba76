importScripts("worker-library.js");

let ticks = 0;
fetch("data.json").then(answer => answer.json()).then(({ bars }) => postMessage({ text: `bars ${bars.length} at ${performance.now()}` }));
const timer = setInterval(() => {
  postMessage({ text: `tick ${++ticks} at ${performance.now()} ${label()} ${Date.now() % 100000} ${Math.random().toFixed(6)}` });
  if (ticks === 12) clearInterval(timer);
}, 50);
setTimeout((a, b) => postMessage({ text: `once ${a}${b}` }), 120, "x", "y");
clearTimeout(setTimeout(() => postMessage({ text: "never" }), 10));
addEventListener("message", ({ data }) => {
  if (data.bytes) postMessage({ bytes: data.bytes }, [data.bytes.buffer]);
  else postMessage({ text: `again ${data.again} ${crypto.randomUUID()}` });
});
