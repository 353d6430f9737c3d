/* Proposals from their opening to their enactment. */
import { canonicalJson, type JsonObject, ledgerHash, toHex } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { findMember } from '../membership/members.ts'
import { GOVERNANCE, requireRole } from '../membership/roles.ts'
import { hasResponsibleVoter, quorum } from './quorum.ts'
import { type Proposal, proposals, type Subject } from './records.ts'
import { governanceRefusal } from './refusals.ts'
import { numberSetting } from './settings.ts'

/** What is put to the vote. */
export interface NewProposal {
  readonly subject: Subject
  readonly content: JsonObject
  readonly concerned?: string
  /** Role of the body responsible for the clauses. */
  readonly responsible?: string
}

/** Refuses unless the signer proposes and votes for a voting member. */
export function requireVoter(ctx: Context): void {
  requireRole(ctx, GOVERNANCE)
  const { member } = ctx.signer
  if (findMember(ctx, member)?.voting !== true) {
    ctx.refuse(governanceRefusal({ code: 'NOT_A_VOTER', member }))
  }
}

/**
 * Opens a proposal in the name of the signer's member.
 *
 * @returns its id
 */
export function openProposal(ctx: Context, proposal: NewProposal): string {
  const { subject, content, responsible } = proposal
  requireVoter(ctx)
  const needsResponsible = quorum(ctx, subject).with === 'responsible'
  if (needsResponsible && responsible !== undefined && !hasResponsibleVoter(ctx, responsible)) {
    ctx.refuse(governanceRefusal({ code: 'RESPONSIBLE_NOT_A_VOTER', role: responsible }))
  }
  const id = ctx.newId('proposal')
  ctx.state(proposals).put(id, {
    v: 1,
    id,
    subject,
    content,
    contentHash: toHex(ledgerHash('value', canonicalJson(content))),
    concerned: proposal.concerned ?? null,
    responsible: responsible ?? null,
    proposer: ctx.signer.member,
    proposedBy: ctx.signer.name,
    proposedAt: ctx.time,
    closesAt: ctx.time + numberSetting(ctx, 'governance.votingPeriodMs'),
    status: 'OPEN',
    passedAt: null,
    enactableAt: null,
    enactedAt: null,
    enactedHeight: null,
  })
  ctx.emit('ProposalOpened', { proposal: id, subject, member: ctx.signer.member })
  return id
}

/** The proposal; refuses `PROPOSAL_NOT_FOUND`. */
export function getProposal(ctx: Context, id: string): Proposal {
  return (
    ctx.state(proposals).find(id) ??
    ctx.refuse(governanceRefusal({ code: 'PROPOSAL_NOT_FOUND', proposal: id }))
  )
}

/**
 * What enactment does, by subject, and what becomes of a proposal that fails. Modules to the right
 * of governance bring theirs when the contracts are assembled.
 */
export interface Enactment {
  /** Writes what was decided; what it refuses, refuses the enacting transaction. */
  enact(ctx: Context, proposal: Proposal): void
  /** Tidies up after a rejected, lapsed or retracted proposal. */
  fail?(ctx: Context, proposal: Proposal): void
}

/** Enactments of all subjects. */
export type Enactments = Readonly<Record<Subject, Enactment>>

/** Puts a passed proposal into effect. */
export function enact(ctx: Context, enactments: Enactments, proposal: Proposal): void {
  const { id, subject } = proposal
  const enacted: Proposal = {
    ...proposal,
    status: 'ENACTED',
    enactedAt: ctx.time,
    enactedHeight: ctx.height,
  }
  enactments[subject].enact(ctx, enacted)
  ctx.state(proposals).put(id, enacted)
  ctx.emit('ProposalEnacted', { proposal: id, subject })
}

/** Ends a proposal without effect. */
export function endProposal(
  ctx: Context,
  enactments: Enactments,
  proposal: Proposal,
  status: 'REJECTED' | 'LAPSED' | 'RETRACTED',
): void {
  const { id, subject } = proposal
  ctx.state(proposals).put(id, { ...proposal, status })
  enactments[subject].fail?.(ctx, proposal)
  ctx.emit(EVENTS[status], { proposal: id, subject })
}

const EVENTS = {
  REJECTED: 'ProposalRejected',
  LAPSED: 'ProposalLapsed',
  RETRACTED: 'ProposalRetracted',
} as const
