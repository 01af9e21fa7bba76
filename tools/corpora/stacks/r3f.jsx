// stack: react-three-fiber and drei: useFrame, an orthographic camera, instances
// note: begins when it has measured itself, two animation frames later, as in a browser
// marker: x = 40 + 240 * t
import { Canvas, useFrame } from "@react-three/fiber";
import { OrthographicCamera } from "@react-three/drei";
import { useRef } from "react";
import { createRoot } from "react-dom/client";

function Box() {
    const mesh = useRef();
    useFrame(({ clock }) => {
        mesh.current.position.x = -120 + 240 * Math.min(1, clock.getElapsedTime());
    });
    return (
        <mesh ref={mesh}>
            <boxGeometry args={[20, 20, 20]} />
            <meshBasicMaterial color="#f0f" toneMapped={false} />
        </mesh>
    );
}
function Knot() {
    const mesh = useRef();
    useFrame((state, delta) => {
        mesh.current.rotation.y += delta;
    });
    return (
        <mesh ref={mesh} position={[0, -50, 0]}>
            <torusKnotGeometry args={[20, 6]} />
            <meshBasicMaterial color="#4f8" wireframe />
        </mesh>
    );
}
createRoot(document.querySelector("#app")).render(
    <div style={{ width: 320, height: 180 }}>
        <Canvas orthographic>
            <OrthographicCamera makeDefault position={[0, 0, 100]} zoom={1} />
            <Box />
            <Knot />
        </Canvas>
    </div>,
);
