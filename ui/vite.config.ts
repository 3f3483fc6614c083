import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Has the window fetched beside the few lines that ask for it, and nothing drawn before it is there: an empty page takes
 * as long to draw as a full one.
 */
function beside(): Plugin {
  return {
    name: "beside",
    transformIndexHtml(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const window = chunks.find((one) => one.name === "window");
      if (window === undefined) return [];
      const needed = chunks.filter((one) => !one.isEntry && window.imports.includes(one.fileName));
      return [
        { tag: "script", attrs: { type: "module", blocking: "render", crossorigin: true, src: `/${window.fileName}` }, injectTo: "head" },
        ...needed.map((one) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${one.fileName}` }, injectTo: "head" as const })),
      ];
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), beside()],
  clearScreen: false,
  build: { target: "es2023", assetsInlineLimit: 0, reportCompressedSize: false },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: { include: ["src/**/*.test.ts"] },
}));
