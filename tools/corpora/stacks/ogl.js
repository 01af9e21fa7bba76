// stack: OGL: a shader of its own, instanced boxes
// marker: x = 40 + 240 * t
import { Box, Camera, Mesh, Program, Renderer, Transform } from "ogl";

const renderer = new Renderer({ width: 320, height: 180, dpr: 1 }),
  { gl } = renderer;
gl.clearColor(0.06, 0.08, 0.15, 1);
document.querySelector("#app").append(gl.canvas);
const camera = new Camera(gl),
  scene = new Transform();
camera.orthographic({ left: 0, right: 320, bottom: -180, top: 0, near: -100, far: 100 });
const program = color =>
  new Program(gl, {
    vertex:
      `attribute vec3 position; uniform mat4 modelViewMatrix, projectionMatrix;
        void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragment: `precision highp float; void main() { gl_FragColor = vec4(${color}, 1.0); }`,
  });
const box = new Mesh(gl, { geometry: new Box(gl, { width: 20, height: 20, depth: 20 }), program: program("1.0, 0.0, 1.0") });
const other = new Mesh(gl, { geometry: new Box(gl, { width: 40, height: 40, depth: 40 }), program: program("0.2, 1.0, 0.5") });
box.setParent(scene);
other.setParent(scene);
other.position.set(160, -140, 0);
requestAnimationFrame(function step(now) {
  box.position.set(40 + 240 * Math.min(1, now / 1000), -90, 0);
  other.rotation.y = now / 300;
  renderer.render({ scene, camera });
  requestAnimationFrame(step);
});
