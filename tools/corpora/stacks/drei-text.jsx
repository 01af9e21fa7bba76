// stack: drei: Text (troika in a worker), Html, Float
// copy: assets/sans.woff as sans.woff
// note: begins when it has measured itself, two animation frames later, as in a browser
// marker: x = 40 + 240 * t
import { Float, Html, OrthographicCamera, Text } from "@react-three/drei";
import { Canvas, useFrame } from "@react-three/fiber";
import { Suspense, useRef } from "react";
import { createRoot } from "react-dom/client";

function Scene() {
    const group = useRef();
    useFrame(({ clock }) => {
        group.current.position.x = -120 + 240 * Math.min(1, clock.elapsedTime);
    });
    return (
        <>
            <group ref={group}>
                <Html center>
                    <b style={{ display: "block", width: 20, height: 20, background: "#f0f" }} />
                </Html>
            </group>
            <Float speed={4}>
                <Text font="sans.woff" fontSize={30} position={[0, 50, 0]}>
                    troika
                </Text>
            </Float>
        </>
    );
}
createRoot(document.querySelector("#app")).render(
    <div style={{ width: 320, height: 180 }}>
        <Canvas orthographic>
            <OrthographicCamera makeDefault position={[0, 0, 100]} zoom={1} />
            <Suspense>
                <Scene />
            </Suspense>
        </Canvas>
    </div>,
);
