// stack: three.js: a VideoTexture of a video that the page plays
// copy: assets/marker.mp4 as marker.mp4
// marker: x = 40 + 240 * t
import * as THREE from "three";

const video = Object.assign(document.createElement("video"), { src: "marker.mp4", muted: true, loop: true });
await video.play();
const texture = new THREE.VideoTexture(video),
  renderer = new THREE.WebGLRenderer();
texture.colorSpace = THREE.SRGBColorSpace;
renderer.setSize(320, 180);
document.querySelector("#app").append(renderer.domElement);
const scene = new THREE.Scene(),
  camera = new THREE.OrthographicCamera(-160, 160, 90, -90, -1, 1);
scene.add(new THREE.Mesh(new THREE.PlaneGeometry(320, 180), new THREE.MeshBasicMaterial({ map: texture })));
renderer.setAnimationLoop(() => renderer.render(scene, camera));
