import { arrows } from '../tools/arrows.mjs';

/**
 * Lets `{@link ShapeError}` name an export of any package, imported or not. Where several export that name, as those that hand on
 * what a package below them made, the lowest in the package picture is meant.
 *
 * @param {import('typedoc').Application} app
 */
export function crossPackageLinks(app) {
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
