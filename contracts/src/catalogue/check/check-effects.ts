/* Names inside effects. */
import type { Effect, RegisterDefinition, ServiceDefinition } from '../package-document.ts'
import { checkAudience } from './check-audience.ts'
import type { PackageNames, PlacedEffect } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'

/** Checks the names of every effect of a service. */
export function checkEffects(
  names: PackageNames,
  service: ServiceDefinition,
  problems: Problems,
): void {
  const check = new EffectCheck(names, service, problems)
  for (const placed of names.effects) check.one(placed)
}

class EffectCheck {
  readonly #names: PackageNames
  readonly #service: ServiceDefinition
  readonly #problems: Problems

  constructor(names: PackageNames, service: ServiceDefinition, problems: Problems) {
    this.#names = names
    this.#service = service
    this.#problems = problems
  }

  #error(path: string, code: string, expected: string, came: string): void {
    this.#problems.error(path, code, expected, came)
  }

  #party(name: string, path: string): void {
    if (this.#names.hasParty(name)) return
    this.#error(path, 'PARTY_UNKNOWN', 'a party of the service', name)
  }

  #section(name: string, path: string): void {
    if (Object.hasOwn(this.#service.sections, name)) return
    this.#error(path, 'SECTION_UNKNOWN', 'a section of the service', name)
  }

  one({ effect, path }: PlacedEffect): void {
    if ('record' in effect) this.#record(effect, path)
    else if ('amend' in effect) this.#amend(effect, path)
    else if ('close' in effect) this.#register(effect.close, `${path}/close`)
    else if ('post' in effect) this.#post(effect, path)
    else if ('pay' in effect) {
      this.#party(effect.by, `${path}/by`)
      effect.tellers?.forEach((party, index) => {
        this.#party(party, `${path}/tellers/${index}`)
      })
    } else if ('expect' in effect) this.#party(effect.by, `${path}/by`)
    else if ('release' in effect) this.#release(effect.release, path)
    else if ('grant' in effect) {
      this.#section(effect.grant, `${path}/grant`)
      this.#party(effect.to, `${path}/to`)
    } else if ('revokeGrant' in effect) {
      this.#section(effect.revokeGrant, `${path}/revokeGrant`)
      this.#party(effect.of, `${path}/of`)
    } else if ('suspendGrants' in effect || 'liftGrants' in effect) {
      const [name, holder] =
        'suspendGrants' in effect
          ? (['suspendGrants', effect.suspendGrants] as const)
          : (['liftGrants', effect.liftGrants] as const)
      this.#party(holder, `${path}/${name}`)
      this.#party(effect.owner, `${path}/owner`)
    } else this.#other(effect, path)
  }

  #other(effect: Effect, path: string): void {
    const { references, sections } = this.#service
    if ('handOver' in effect) {
      if (Object.hasOwn(sections, effect.handOver) || Object.hasOwn(references, effect.handOver)) {
        return
      }
      const expected = 'a section or a reference of the service'
      this.#error(`${path}/handOver`, 'HAND_OVER_UNKNOWN', expected, effect.handOver)
    } else if ('rebind' in effect) {
      this.#party(effect.rebind, `${path}/rebind`)
      if (Object.hasOwn(references, effect.reference)) return
      const expected = 'a reference of the service'
      this.#error(`${path}/reference`, 'REFERENCE_UNKNOWN', expected, effect.reference)
    } else if ('open' in effect) {
      if (effect.by !== undefined) this.#party(effect.by, `${path}/by`)
      const { services } = this.#names.options
      const own = this.#names.document.name
      if (services === undefined || effect.open === own || services.includes(effect.open)) return
      this.#error(`${path}/open`, 'SERVICE_UNKNOWN', 'a published service', effect.open)
    } else if ('notice' in effect || 'alert' in effect) {
      checkAudience(this.#names, effect.to, `${path}/to`, this.#problems)
    }
  }

  #register(name: string, path: string): RegisterDefinition | undefined {
    const found = this.#names.findRegister(name)
    if (found === undefined) {
      this.#error(path, 'REGISTER_UNKNOWN', 'a register of this or a used package', name)
    }
    return found
  }

  #record(effect: Extract<Effect, { record: string }>, path: string): void {
    const register = this.#register(effect.record, `${path}/record`)
    if (register === undefined) return
    this.#fields(register, effect.fields, path)
    for (const [name, field] of Object.entries(register.fields)) {
      if (field.optional === true || Object.hasOwn(effect.fields, name)) continue
      this.#error(`${path}/fields`, 'FIELD_MISSING', `the register's field ${name}`, name)
    }
    this.#entrySections(register, effect.sections ?? [], path)
  }

  #amend(effect: Extract<Effect, { amend: string }>, path: string): void {
    const register = this.#register(effect.amend, `${path}/amend`)
    if (register === undefined) return
    this.#fields(register, effect.fields, path)
    this.#entrySections(register, effect.sections ?? [], path)
  }

  #fields(register: RegisterDefinition, fields: object, path: string): void {
    for (const name of Object.keys(fields)) {
      if (Object.hasOwn(register.fields, name)) continue
      const expected = `one of ${Object.keys(register.fields).join(', ')}`
      this.#error(pointer(`${path}/fields`, name), 'FIELD_UNKNOWN', expected, name)
    }
  }

  #entrySections(register: RegisterDefinition, sections: readonly string[], path: string): void {
    sections.forEach((name, index) => {
      this.#section(name, `${path}/sections/${index}`)
      if (register.sections.includes(name)) return
      this.#error(`${path}/sections/${index}`, 'SECTION_UNKNOWN', 'a section of the register', name)
    })
  }

  #post(effect: Extract<Effect, { post: string }>, path: string): void {
    if (effect.subledger === undefined) return
    const determination = this.#service.determinations[effect.subledger]
    if (determination?.subledger !== undefined) return
    const expected = 'a determination with a sub-ledger'
    this.#error(`${path}/subledger`, 'DETERMINATION_UNKNOWN', expected, effect.subledger)
  }

  #release(name: string, path: string): void {
    const isKnown = this.#names.effects.some(
      ({ effect }) => 'expect' in effect && effect.expect === name,
    )
    if (isKnown) return
    this.#error(`${path}/release`, 'EXPECTATION_UNKNOWN', 'the name of an expect', name)
  }
}
