// Red is ten times the number of the frame on the page's clock, green what the frame before left in the buffer; readPixels tells both.
const gl = document.querySelector("canvas").getContext("webgl", { preserveDrawingBuffer: true });
const pixel = new Uint8Array(4);
requestAnimationFrame(function draw() {
  const frame = Math.floor((performance.timeOrigin + performance.now() - Date.UTC(2024, 0, 1)) * 30 / 1000);
  gl.readPixels(30, 45, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  gl.clearColor(frame * 10 / 255, pixel[0] / 255, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  requestAnimationFrame(draw);
});
