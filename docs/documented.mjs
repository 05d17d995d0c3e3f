import { Application, ReflectionKind } from 'typedoc';

/**
 * Wants a doc comment on everything that a package exports. TypeDoc's own check asks one of each method too, so that every `forward` of a
 * layer would repeat what its class says.
 *
 * @param {Application} app
 */
export function everyExportDocumented(app) {
  app.on(Application.EVENT_VALIDATE_PROJECT, (project) => {
    for (const one of exportsOf((project.children ?? []).filter((child) => child.kindOf(ReflectionKind.Module)))) {
      const isDocumented = one.isReference() || one.hasComment() || one.signatures?.some((signature) => signature.hasComment());
      if (!isDocumented) app.logger.validationWarning(`${one.getFullName()} has no documentation`);
    }
  });
}

/**
 * @param {readonly import('typedoc').DeclarationReflection[]} modules
 * @returns {import('typedoc').DeclarationReflection[]} with those of their namespaces
 */
function exportsOf(modules) {
  return modules
    .flatMap(({ children }) => children ?? [])
    .flatMap((one) => (one.kindOf(ReflectionKind.Namespace) ? exportsOf([one]) : [one]));
}
