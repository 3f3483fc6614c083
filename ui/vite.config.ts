import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const fake = new URL("./dev/fake.ts", import.meta.url).pathname;

// `vite --mode fake` shows the pages in a plain browser, with a meeting held in memory; no build takes that in.
export default defineConfig(({ mode, command }) => ({
  plugins: [svelte()],
  clearScreen: false,
  build: { target: "es2023", assetsInlineLimit: 0, reportCompressedSize: false },
  resolve: {
    alias:
      mode === "fake" && command === "serve"
        ? { "@tauri-apps/api/core": fake, "@tauri-apps/api/event": fake }
        : {},
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  test: { include: ["src/**/*.test.ts"] },
}));
