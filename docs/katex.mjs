import { cpSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { tex } from '@mdit/plugin-tex';
import katex from 'katex';
import { JSX, RendererEvent } from 'typedoc';

/**
 * Renders `$…$` and `$$…$$` while the site is built. Bad TeX stops the build; the katex plugin of the same family would log and go on.
 *
 * @param {{ use: <Options>(plugin: import('markdown-it').PluginWithOptions<Options>, options: Options) => unknown }} markdown
 */
export function texInMarkdown(markdown) {
  markdown.use(tex, {
    render: (content, displayMode) => katex.renderToString(content, { displayMode, throwOnError: true, strict: 'error' }),
  });
}

/**
 * Ships KaTeX's style sheet and fonts with the site, so that it needs no other host.
 *
 * @param {import('typedoc').Application} app
 */
export function katexAssets(app) {
  const source = join(dirname(createRequire(import.meta.url).resolve('katex/package.json')), 'dist');
  app.renderer.hooks.on('head.end', (context) =>
    JSX.createElement('link', { rel: 'stylesheet', href: context.relativeURL('assets/katex/katex.min.css') ?? '' }),
  );
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    const target = join(outputDirectory, 'assets', 'katex');
    cpSync(join(source, 'katex.min.css'), join(target, 'katex.min.css'));
    for (const font of readdirSync(join(source, 'fonts')).filter((name) => name.endsWith('.woff2'))) {
      cpSync(join(source, 'fonts', font), join(target, 'fonts', font));
    }
  });
}
