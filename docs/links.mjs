import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { arrows } from '../tools/arrows.mjs';
import { root, workspaces } from '../tools/lib/workspaces.mjs';

/**
 * Lets `{@link ShapeError}` name an export of any package, imported or not. Where several export that name, as those that hand on
 * what a package below them made, the lowest in the package picture is meant.
 *
 * @param {Application} app
 */
export function linksByName(app) {
  // @ts-expect-error The declared result is an address; TypeDoc links to a page of its own as well (test/site.test.ts).
  app.converter.addUnknownSymbolResolver((reference, from, part) => {
    const path = reference.symbolReference?.path?.map(({ path: name }) => name);
    if (part === undefined || reference.moduleSource !== undefined || path === undefined) return undefined;
    for (const name of Object.keys(arrows)) {
      const target = from.project.getChildByName([name, ...path]);
      if (target) return { target };
    }
    return undefined;
  });
}

/**
 * Turns links between READMEs, which lead to folders and files of the repository, into links between pages of the site.
 *
 * @param {Application} app
 */
export function linksByPath(app) {
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    const pathOf = (/** @type {string} */ path) =>
      /** @type {import('typedoc').NormalizedPath} */ (fileURLToPath(new URL(path, root)));
    project.files.registerReflectionPath(pathOf('README.md'), project);
    for (const { dir, manifest } of workspaces()) {
      const page = project.getChildByName([manifest.name]);
      if (page) for (const path of [dir, `${dir}/README.md`]) project.files.registerReflectionPath(pathOf(path), page);
    }
  });
}
