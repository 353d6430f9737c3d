/**
 * The member that an object itself has under a name, or undefined. Names come from packages: one that is
 * called `constructor` must not find what every object inherits.
 */
export function ownMember<T>(map: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}
