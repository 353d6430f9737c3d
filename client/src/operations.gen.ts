// Made by tools/api-files.ts from the schemas of the contracts; not to be edited.

/** Inputs of actions, by name. */
export interface ActionInputs {
  /** Agrees, as a second officer, to a consent that a person gave at your window. */
  'access.agreeToGrant': {
    readonly grant: string
  }
  /** Agrees, as a second officer who may use the grant, to a read that waits for it. */
  'access.agreeToRead': {
    readonly read: string
  }
  /** Answers, as the member that read, a person who asked why. */
  'access.answerObjection': {
    readonly objection: string
    readonly outcome: "EXPLAINED" | "MISUSE"
    readonly commitment?: string
  }
  /** Says that your member deleted its part of erased records. */
  'access.confirmErasure': {
    readonly erasure: string
    readonly part: "RELEASE" | "VAULT" | "COPY"
  }
  /** Says, as the owner of the data, what became of committed reads. */
  'access.confirmReads': {
    readonly reads: readonly ({
      readonly read: string
      readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
      readonly digest: string
      readonly erased?: number
    })[]
  }
  /** Passes a part of a grant that your member holds on to a unit, role or member. */
  'access.delegateGrant': {
    readonly parent: string
    readonly holder: {
      readonly member: string
      readonly unit?: string
      readonly role?: string
      readonly subject?: string
    }
    readonly fields?: readonly (string)[]
    readonly range?: {
      readonly from: number
      readonly count: number
    }
    readonly records?: readonly (string)[]
    readonly batches?: readonly (string)[]
    readonly questions?: readonly ({
      readonly name: string
      readonly is: string
      readonly bands?: readonly (string)[]
    })[]
    readonly quota?: {
      readonly reads: number
      readonly per?: "DAY" | "MONTH"
    }
    readonly notBefore?: number
    readonly condition?: string
    readonly secondOfficer?: boolean
    readonly caseRequired?: boolean
    readonly sections?: readonly (string)[]
    readonly use?: "STORE" | "VIEW" | "ANSWER"
    readonly level?: number
    readonly notAfter: number
  }
  /** Erases records of your member; refused while the law keeps them. */
  'access.eraseSections': {
    readonly ground: string
    readonly basis: {
      readonly clause: string
      readonly version: string
    }
    readonly request?: string
    readonly records: readonly ({
      readonly record: string
      readonly batch?: string
      readonly index?: number
    })[]
  }
  /** Asks an owner whether it knows one person; spends one use and is the receipt. */
  'access.findPerson': {
    readonly grant: string
    readonly case?: string
    readonly holderKey: string
    readonly query: string
  }
  /** Signs that sections handed over hold the same content at their new owner. */
  'access.handOver': {
    readonly handOver: string
    readonly items: readonly ({
      readonly old: string
      readonly new: string
      readonly record: string
    })[]
    readonly batches: readonly ({
      readonly old: string
      readonly new: string
      readonly count: number
    })[]
  }
  /** Issues a grant: a consent, a grant over data of your member, or an emergency. */
  'access.issueGrant': {
    readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
    readonly owner: string
    readonly entry: string
    readonly sections: readonly (string)[]
    readonly scope: "CASE" | "SUBJECT" | "CLASS"
    readonly case?: string
    readonly subject?: string
    readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER"
    readonly holder: {
      readonly member: string
      readonly unit?: string
      readonly role?: string
      readonly subject?: string
    }
    readonly fields?: readonly (string)[]
    readonly range?: {
      readonly from: number
      readonly count: number
    }
    readonly records?: readonly (string)[]
    readonly batches?: readonly (string)[]
    readonly questions?: readonly ({
      readonly name: string
      readonly is: string
      readonly bands?: readonly (string)[]
    })[]
    readonly quota?: {
      readonly reads: number
      readonly per?: "DAY" | "MONTH"
    }
    readonly notBefore?: number
    readonly condition?: string
    readonly secondOfficer?: boolean
    readonly caseRequired?: boolean
    readonly purpose: {
      readonly code: string
      readonly serviceItem?: string
    }
    readonly basis: readonly ({
      readonly clause: string
      readonly version?: string
      readonly rule?: string
    })[]
    readonly use: "STORE" | "VIEW" | "ANSWER"
    readonly find?: boolean
    readonly retention?: {
      readonly amount: number
      readonly unit: "hours" | "days" | "working-days" | "months" | "years"
    }
    readonly notAfter: number
    readonly notice?: {
      readonly hash: string
      readonly language: "zh" | "en"
      readonly version: string
    }
    readonly mandate?: string
    readonly paper?: string
  }
  /** Lets a suspended grant over data of your member be used again. */
  'access.liftSuspension': {
    readonly grant: string
  }
  /** Asks the member that read why it did, or objects to it, for the person concerned. */
  'access.objectToRead': {
    readonly read: string
    readonly objector: string
    readonly ground: string
  }
  /** Raises an alert on a read of which its owner has not told in time what became of it. */
  'access.raiseUnconfirmed': {
    readonly read: string
  }
  /** Raises an alert on an emergency that nobody reviewed in time. */
  'access.raiseUnreviewed': {
    readonly grant: string
  }
  /** Asks to read sealed sections under a grant; spends one use and is the receipt. */
  'access.readSections': {
    readonly grant: string
    readonly case?: string
    readonly holderKey: string
    readonly batch?: {
      readonly root: string
      readonly count: number
    }
    readonly items?: readonly ({
      readonly record: string
      readonly version: number
      readonly section: string
      readonly proof?: {
        readonly index: number
        readonly sections: readonly ({
          readonly name: string
          readonly level: number
          readonly commitment: string
        })[]
        readonly path: readonly (string)[]
      }
    })[]
    readonly rows?: {
      readonly section: string
      readonly from: number
      readonly count: number
    }
    readonly fields?: readonly (string)[]
    readonly question?: string
  }
  /** Says, as a releaser of a panel, that you sealed your share to the holder of a read. */
  'access.releaseShare': {
    readonly read: string
    readonly record: string
    readonly section: string
    readonly version: number
    readonly index: number
    readonly digest: string
  }
  /** Seals records of your member anew as their next version; the old one opens no more. */
  'access.resealSections': {
    readonly reason: "SUITE" | "SUSPICION"
    readonly items: readonly ({
      readonly record: string
      readonly section: string
      readonly version: number
      readonly commitment: string
      readonly panel?: {
        readonly need: number
        readonly shares: readonly ({
          readonly member: string
          readonly name: string | null
          readonly holderKey: string
          readonly commitment: string
        })[]
      }
    })[]
    readonly batches: readonly ({
      readonly old: string
      readonly new: string
      readonly count: number
    })[]
  }
  /** Stops every processing of records of your member but their storage. */
  'access.restrictSections': {
    readonly ground: string
    readonly basis: {
      readonly clause: string
      readonly version: string
    }
    readonly request?: string
    readonly records: readonly ({
      readonly record: string
      readonly batch?: string
      readonly index?: number
    })[]
  }
  /** Reviews, as another officer, an emergency grant of your member. */
  'access.reviewEmergency': {
    readonly grant: string
    readonly outcome: "JUSTIFIED" | "UNJUSTIFIED"
  }
  /** Revokes a grant over data of your member for good. */
  'access.revokeGrant': {
    readonly grant: string
  }
  /** Suspends a grant over data of your member until it is lifted. */
  'access.suspendGrant': {
    readonly grant: string
  }
  /** Takes back a consent that you gave; everything below it falls too. */
  'access.withdrawConsent': {
    readonly grant: string
  }
  /** Fill in the form of an open step, choose its outcome and sign. */
  'cases.actOnStep': {
    readonly case: string
    readonly step: string
    readonly n?: number
    readonly outcome?: string
    readonly fields?: Readonly<Record<string, unknown>>
    readonly record?: string
    readonly sections?: readonly ({
      readonly name: string
      readonly level: number
      readonly commitment: string
    })[]
    readonly panels?: readonly ({
      readonly section: string
      readonly need: number
      readonly shares: readonly ({
        readonly member: string
        readonly name: string | null
        readonly holderKey: string
        readonly commitment: string
      })[]
    })[]
    readonly batch?: {
      readonly root: string
      readonly count: number
      readonly totals: Readonly<Record<string, string | number>>
    }
  }
  /** Submit what your member computed over the sealed rows of a step. */
  'cases.determineStep': {
    readonly case: string
    readonly step: string
    readonly n?: number
    readonly inputs: Readonly<Record<string, unknown>>
    readonly outputs: Readonly<Record<string, unknown>>
    readonly outcomes: {
      readonly root: string
      readonly count: number
    }
    readonly subledger: {
      readonly entries: {
        readonly root: string
        readonly count: number
      }
      readonly balances: {
        readonly root: string
        readonly count: number
      }
      readonly delta: Readonly<Record<string, {
        readonly cost: string
        readonly units: string
      }>>
      readonly sum: Readonly<Record<string, {
        readonly cost: string
        readonly units: string
      }>>
      readonly residue: string
      readonly previous: string | null
    } | null
    readonly trace: string
  }
  /** Say that a time limit of a step has passed; its consequence follows. */
  'cases.lapseStep': {
    readonly case: string
    readonly step: string
    readonly n?: number
  }
  /** Open a case of a published service. */
  'cases.openCase': {
    readonly service: string
    readonly fields?: Readonly<Record<string, unknown>>
  }
  /** Tell a credit on an account, and go on with the case that waits for it. */
  'cases.recordArrival': {
    readonly expectation: string | null
    readonly account?: string
    readonly entry: string
    readonly amount: string
    readonly valueDate: string
    readonly book?: string
    readonly record?: string
    readonly sections?: readonly ({
      readonly name: string
      readonly level: number
      readonly commitment: string
    })[]
  }
  /** Tell what a bank answered to a payment, and go on with the case that waits for it. */
  'cases.recordSettlement': {
    readonly payment: string
    readonly attempt: number
    readonly state: "sent" | "accepted" | "settled" | "rejected" | "returned"
    readonly entry?: string
    readonly reason?: string
    readonly on?: string
  }
  /** Go on with a waiting step whose wait is over. */
  'cases.resumeStep': {
    readonly case: string
    readonly step: string
    readonly n?: number
  }
  /** Withdraw a case while its package allows it. */
  'cases.withdrawCase': {
    readonly case: string
  }
  /** Approves a drafted entry of the data catalogue, naming its assessments. */
  'catalogue.approveDataSet': {
    readonly dataSet: string
    readonly secrecyRisk: string
    readonly impactAssessment?: string
  }
  /** Drafts an entry of the data catalogue, or its next version, that your member provides. */
  'catalogue.draftDataSet': {
    readonly dataSet: {
      readonly id: string
      readonly version: number
      readonly name: {
        readonly zh: string
        readonly en: string
      }
      readonly items: readonly (string)[]
      readonly provider: string
      readonly format: "STRUCTURED" | "TABLE" | "DOCUMENT" | "IMAGE"
      readonly updateFrequency: "REAL_TIME" | "DAILY" | "WEEKLY" | "MONTHLY" | "QUARTERLY" | "YEARLY" | "ON_CHANGE"
      readonly sharing: "UNCONDITIONAL" | "CONDITIONAL" | "NOT_SHARED"
      readonly shareMethods: readonly ("API" | "BATCH" | "FILE")[]
      readonly conditions: {
        readonly scope: string
        readonly purpose: string
      } | null
      readonly notShared: {
        readonly reason: string
        readonly clause: string
        readonly rank: "LAW" | "ADMINISTRATIVE_REGULATION" | "STATE_COUNCIL_DECISION"
      } | null
      readonly grade: number
      readonly personal: boolean
      readonly responsible: string
      readonly duties: readonly ({
        readonly stage: "PRODUCTION" | "SHARED_USE" | "TRANSFER_STORAGE"
        readonly role: string
        readonly duty: string
        readonly clause: string
      })[]
      readonly change: {
        readonly conditions: string
        readonly vote: "PUBLISH" | "LOOSEN"
      }
      readonly sections: readonly ({
        readonly package: string
        readonly section: string
        readonly level: number
      })[]
    }
    readonly changedOn?: string
  }
  /** Proposes to publish an approved entry of the data catalogue. */
  'catalogue.proposeDataSet': {
    readonly dataSet: string
  }
  /** Proposes to publish a package whose parts were put. */
  'catalogue.proposePackage': {
    readonly package: string
    readonly size: number
    readonly parts: readonly (string)[]
  }
  /** Proposes to withdraw a published package; running cases finish under it. */
  'catalogue.proposeWithdrawal': {
    readonly package: string
  }
  /** Puts a part of a package under its hash, to be named by a proposal. */
  'catalogue.putPart': {
    readonly part: string
    readonly bytes: string
  }
  /** Tells what became of a payment: sent, accepted, settled, rejected or returned. */
  'funds.recordPayment': {
    readonly payment: string
    readonly attempt: number
    readonly state: "sent" | "accepted" | "settled" | "rejected" | "returned"
    readonly entry?: string
    readonly reason?: string
    readonly on?: string
  }
  /** Takes a credit out of suspense, so that it can be recorded for what it was meant for. */
  'funds.releaseUnknownCredit': {
    readonly entry: string
  }
  /** Takes over the per-person accounts of a book, after both members signed their hand-over. */
  'funds.takeOverSubledger': {
    readonly book: string
    readonly handOver: string
    readonly items: readonly ({
      readonly old: string
      readonly new: string
      readonly record: string
    })[]
    readonly batches: readonly ({
      readonly old: string
      readonly new: string
      readonly count: number
    })[]
  }
  /** Votes for or against an open proposal; a vote is given once. */
  'governance.castVote': {
    readonly proposal: string
    readonly choice: "FOR" | "AGAINST"
  }
  /** Ends an open proposal: its proposer takes it back, or its voting period is over. */
  'governance.closeProposal': {
    readonly proposal: string
  }
  /** Puts a passed proposal into effect once its cooling-off is over. */
  'governance.enactProposal': {
    readonly proposal: string
  }
  /** Proposes to register a certification authority of a member. */
  'governance.proposeAuthority': {
    readonly member: string
    readonly der: string
    readonly profile: "member-ca" | "officer-ca"
  }
  /** Proposes to admit a new member. */
  'governance.proposeMember': {
    readonly member: {
      readonly id: string
      readonly name: {
        readonly zh: string
        readonly en: string
      }
      readonly roles: readonly (string)[]
      readonly voting: boolean
      readonly authorities: readonly ({
        readonly der: string
        readonly profile: "member-ca" | "officer-ca"
      })[]
      readonly certificates: readonly ({
        readonly der: string
        readonly kind: "system" | "officer" | "encryption"
        readonly name: string
        readonly roles: readonly (string)[]
        readonly unit: string | null
      })[]
    }
  }
  /** Proposes other values of published parameters. */
  'governance.proposeParameters': {
    readonly changes: readonly ({
      readonly name: string
      readonly value: number | string | boolean
    })[]
  }
  /** Proposes another finality policy: operator, witnesses, validators, threshold. */
  'governance.proposePolicy': {
    readonly policy: Readonly<Record<string, unknown>>
  }
  /** Proposes a height from which a new version of the contract code is in force. */
  'governance.proposeProtocol': {
    readonly protocol: number
    readonly height: number
  }
  /** Proposes another quorum for one subject. */
  'governance.proposeQuorum': {
    readonly quorum: {
      readonly v: 1
      readonly subject: "admit" | "remove" | "suspend" | "roles" | "authority" | "publish" | "loosen" | "withdraw" | "parameters" | "quorum" | "policy" | "protocol"
      readonly threshold: readonly [number, number]
      readonly strict: boolean
      readonly coolingOffMs: number
      readonly with: "responsible" | null
      readonly without: "concerned" | null
    }
  }
  /** Proposes to remove a member for good. */
  'governance.proposeRemoval': {
    readonly member: string
  }
  /** Proposes to change the roles of a member, or whether it votes. */
  'governance.proposeRoles': {
    readonly member: string
    readonly roles: readonly (string)[]
    readonly voting: boolean
  }
  /** Proposes to suspend a member, or to lift its suspension. */
  'governance.proposeSuspension': {
    readonly member: string
    readonly suspended: boolean
  }
  /** Closes a department of your member that no officer or system is in. */
  'membership.closeUnit': {
    readonly unit: string
  }
  /** Confirms, as a second administrator, what another one registered. */
  'membership.confirmRegistration': {
    readonly kind: "officer" | "system"
    readonly name: string
  }
  /** Ends the office of an officer or system of your member; its keys stop signing. */
  'membership.dismissKeyholder': {
    readonly kind: "officer" | "system"
    readonly name: string
  }
  /** Puts a key certificate of your member on chain, so that its key can sign. */
  'membership.presentCertificate': {
    readonly der: string
  }
  /** Registers an officer of your member, or changes roles and unit of a registered one. */
  'membership.registerOfficer': {
    readonly officer: string
    readonly roles: readonly (string)[]
    readonly unit: string | null
  }
  /** Registers a system of your member, or changes roles and unit of a registered one. */
  'membership.registerSystem': {
    readonly system: string
    readonly roles: readonly (string)[]
    readonly unit: string | null
  }
  /** Registers a department of your member. */
  'membership.registerUnit': {
    readonly unit: string
    readonly name: {
      readonly zh: string
      readonly en: string
    }
  }
  /** Revokes a key certificate or certification authority of your member. */
  'membership.revokeCertificate': {
    readonly certificate: string
  }
  /** Says that your member has seen an alert that was meant for it. */
  'supervision.acknowledgeAlert': {
    readonly alert: string
  }
  /** Closes an alert that was meant for your member, with what came of it. */
  'supervision.closeAlert': {
    readonly alert: string
    readonly outcome: string
  }
  /** Confirms, as another officer of the same member, a warrant; it becomes a grant. */
  'supervision.confirmWarrant': {
    readonly warrant: string
  }
  /** Issues a warrant to look into sealed rows of a case; a second officer confirms it. */
  'supervision.issueWarrant': {
    readonly case: string
    readonly owner: string
    readonly section: string
    readonly scope: {
      readonly kind: "RECORDS"
      readonly records: readonly (string)[]
    } | {
      readonly kind: "ROWS"
      readonly batch: string
      readonly places: readonly (number)[]
    } | {
      readonly kind: "PERSONS"
      readonly batch: string
      readonly persons: number
    } | {
      readonly kind: "BATCH"
      readonly batch: string
    }
    readonly purpose: string
    readonly basis: string
    readonly reference: string
    readonly reads: number
    readonly notAfter: number
    readonly hiddenUntil?: number
  }
  /** Names, as the owner, the rows of the persons that a warrant seeks; none: not there. */
  'supervision.nameWarrantRows': {
    readonly warrant: string
    readonly places: readonly (number)[]
  }
  /** Raises the alert about what an alert rule says must have happened by now and did not. */
  'supervision.raiseMissed': {
    readonly case: string
    readonly rule: string
    readonly number: number
  }
  /** Ends a warrant of your member for good, whether confirmed or not. */
  'supervision.revokeWarrant': {
    readonly warrant: string
  }
}

/** Inputs and answers of queries, by name. */
export interface Queries {
  /** Computes how much of people’s data a member took for a service in a period. */
  'access.getAppetite': {
    input: {
      readonly member: string
      readonly service?: string
      readonly from: number
      readonly to: number
    }
    output: {
      readonly reads: number
      readonly cases: number
      readonly looked: number
      readonly points: number
      readonly index: number
    }
  }
  /** Shows one erasure with the confirmations that came and those that are missing. */
  'access.getErasure': {
    input: {
      readonly erasure: string
    }
    output: {
      readonly v: 1
      readonly id: string
      readonly owner: string
      readonly state: "RESTRICTED" | "ERASED"
      readonly ground: string
      readonly basis: {
        readonly clause: string
        readonly version: string
      }
      readonly request: string | null
      readonly records: readonly ({
        readonly record: string
        readonly batch: string | null
        readonly index: number | null
      })[]
      readonly at: number
      readonly height: number
      readonly officer: string
      readonly by: string
      readonly expected: readonly ({
        readonly member: string
        readonly part: "RELEASE" | "VAULT" | "COPY"
      })[]
      readonly confirmations: readonly ({
        readonly member: string
        readonly part: "RELEASE" | "VAULT" | "COPY"
        readonly at: number
        readonly height: number
        readonly by: string
      })[]
      readonly unrecoverableBy: number | null
      readonly missing: readonly ({
        readonly member: string
        readonly part: "RELEASE" | "VAULT" | "COPY"
      })[]
    }
  }
  /** Shows one grant with the grants above it, and whether it stands now. */
  'access.getGrant': {
    input: {
      readonly grant: string
    }
    output: {
      readonly chain: readonly ({
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      })[]
      readonly fault: string | null
    }
  }
  /** Shows one read with its grant, as its receipt tells it. */
  'access.getRead': {
    input: {
      readonly read: string
    }
    output: {
      readonly read: {
        readonly v: 1
        readonly read: string
        readonly grant: string
        readonly owner: string
        readonly member: string
        readonly officer: string
        readonly unit: string | null
        readonly case: string | null
        readonly at: number
        readonly height: number
        readonly items: readonly ({
          readonly record: string
          readonly version: number
          readonly section: string
          readonly commitment: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly rows: {
          readonly batch: string
          readonly section: string
          readonly from: number
          readonly count: number
        } | null
        readonly fields: readonly (string)[] | null
        readonly question: string | null
        readonly find: string | null
        readonly second: {
          readonly until: number
          readonly officer: string | null
          readonly at: number | null
        } | null
        readonly holderKey: string
        readonly raisedAt?: number
        readonly confirmation: {
          readonly at: number
          readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
          readonly digest: string
          readonly erased: number
          readonly by: string
        } | null
      }
      readonly grant: {
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      }
    }
  }
  /** Tells the owner whether a committed read may be released now, and to which key. */
  'access.getRelease': {
    input: {
      readonly read: string
    }
    output: {
      readonly ok: false
      readonly code: string
    } | {
      readonly ok: true
      readonly read: {
        readonly v: 1
        readonly read: string
        readonly grant: string
        readonly owner: string
        readonly member: string
        readonly officer: string
        readonly unit: string | null
        readonly case: string | null
        readonly at: number
        readonly height: number
        readonly items: readonly ({
          readonly record: string
          readonly version: number
          readonly section: string
          readonly commitment: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly rows: {
          readonly batch: string
          readonly section: string
          readonly from: number
          readonly count: number
        } | null
        readonly fields: readonly (string)[] | null
        readonly question: string | null
        readonly find: string | null
        readonly second: {
          readonly until: number
          readonly officer: string | null
          readonly at: number | null
        } | null
        readonly holderKey: string
        readonly raisedAt?: number
        readonly confirmation: {
          readonly at: number
          readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
          readonly digest: string
          readonly erased: number
          readonly by: string
        } | null
      }
      readonly grant: {
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      }
      readonly batch: {
        readonly v: 1
        readonly root: string
        readonly count: number
        readonly tree: "batch" | "entry" | "balance"
        readonly section: string
        readonly owner: string
        readonly entry: string
        readonly level: number
        readonly case: string
        readonly by: string
        readonly at: number
        readonly origin?: string
        readonly resealedAs?: string
      } | null
      readonly holderKey: {
        readonly v: 1
        readonly issuer: string
        readonly member: string
        readonly name: string
        readonly notAfter: number
        readonly notBefore: number
        readonly revokedAt: number | null
        readonly spki: string
        readonly certificate: string
      }
    }
  }
  /** Counts who asked whom for what in a month, and says what that does not show. */
  'access.getSharingMatrix': {
    input: {
      readonly year: number
      readonly month: number
    }
    output: {
      readonly cells: readonly ({
        readonly member: string
        readonly owner: string
        readonly service: string
        readonly purpose: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly grants: number | null
        readonly reads: number | null
        readonly looked: number | null
      })[]
      readonly leastTold: number
      readonly notShown: readonly (string)[]
    }
  }
  /** Lists the roots of the sealed batches of a case. */
  'access.listBatches': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly root: string
        readonly count: number
        readonly tree: "batch" | "entry" | "balance"
        readonly section: string
        readonly owner: string
        readonly entry: string
        readonly level: number
        readonly case: string
        readonly by: string
        readonly at: number
        readonly origin?: string
        readonly resealedAs?: string
      })[]
      readonly next: string | null
    }
  }
  /** Lists emergency grants with their reviews, oldest first. */
  'access.listEmergencies': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member?: string
      readonly unreviewed?: boolean
    }
    output: {
      readonly items: readonly ({
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      })[]
      readonly next: string | null
    }
  }
  /** Lists erasures with the confirmations that came and those that are missing. */
  'access.listErasures': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly owner?: string
      readonly toConfirm?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly owner: string
        readonly state: "RESTRICTED" | "ERASED"
        readonly ground: string
        readonly basis: {
          readonly clause: string
          readonly version: string
        }
        readonly request: string | null
        readonly records: readonly ({
          readonly record: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly at: number
        readonly height: number
        readonly officer: string
        readonly by: string
        readonly expected: readonly ({
          readonly member: string
          readonly part: "RELEASE" | "VAULT" | "COPY"
        })[]
        readonly confirmations: readonly ({
          readonly member: string
          readonly part: "RELEASE" | "VAULT" | "COPY"
          readonly at: number
          readonly height: number
          readonly by: string
        })[]
        readonly unrecoverableBy: number | null
        readonly missing: readonly ({
          readonly member: string
          readonly part: "RELEASE" | "VAULT" | "COPY"
        })[]
      })[]
      readonly next: string | null
    }
  }
  /** Lists the grants that a person or officer of your member gave: consents and others. */
  'access.listGivenGrants': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
      readonly name: string
      readonly kind?: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      })[]
      readonly next: string | null
    }
  }
  /** Lists grants of a case, of a holder, or over the data of an owner. */
  'access.listGrants': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly holder?: string
      readonly owner?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1 | 2 | 3
        readonly id: string
        readonly kind: "OWN" | "CONSENT" | "STATUTE" | "CONTRACT" | "WARRANT" | "EMERGENCY"
        readonly level: number
        readonly owner: string
        readonly entry: string
        readonly case: string | null
        readonly holder: {
          readonly member: string
          readonly unit: string | null
          readonly role: string | null
          readonly subject?: string
        }
        readonly assertedBy: "SUBJECT" | "GUARDIAN" | "WINDOW" | "MEMBER" | "PACKAGE"
        readonly sections: readonly (string)[]
        readonly fields: readonly (string)[] | null
        readonly records: readonly (string)[]
        readonly batches: readonly (string)[]
        readonly purpose: {
          readonly code: string
          readonly service: string
        }
        readonly basis: readonly ({
          readonly clause: string
          readonly version: string | null
          readonly rule?: string
        })[]
        readonly use: "VIEW" | "STORE" | "ANSWER"
        readonly quota: {
          readonly reads: number
          readonly per: "DAY" | "MONTH" | null
        } | null
        readonly retention: {
          readonly amount: number
          readonly unit: "hours" | "days" | "working-days" | "months" | "years"
        } | null
        readonly notBefore: number
        readonly notAfter: number | null
        readonly condition: string | null
        readonly secondOfficer: boolean
        readonly caseRequired: boolean
        readonly parent: string | null
        readonly suspendedAt: number | null
        readonly revokedAt: number | null
        readonly used: number
        readonly usedDay: string | null
        readonly usedThatDay: number
        readonly by: string
        readonly warrant?: {
          readonly id: string
          readonly places: readonly (number)[] | null
          readonly hiddenUntil: number | null
        }
        readonly issued?: {
          readonly scope: "CASE" | "SUBJECT" | "CLASS"
          readonly subject: string | null
          readonly entries: readonly (string)[]
          readonly range: {
            readonly from: number
            readonly count: number
          } | null
          readonly questions: readonly ({
            readonly name: string
            readonly is: string
            readonly bands: readonly (string)[] | null
          })[]
          readonly find: boolean
          readonly serviceItem: string | null
          readonly notice: {
            readonly hash: string
            readonly language: "zh" | "en"
            readonly version: string
          } | null
          readonly givenBy: {
            readonly kind: "officer" | "subject" | "system"
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly agreement: {
            readonly officer: string | null
            readonly at: number | null
          } | null
          readonly paper: string | null
          readonly mandate: string | null
          readonly ward: string | null
          readonly review: {
            readonly state: "WAITING" | "JUSTIFIED" | "UNJUSTIFIED"
            readonly until: number
            readonly officer: string | null
            readonly at: number | null
            readonly raisedAt: number | null
          } | null
          readonly root: string | null
          readonly depth: number
        }
      })[]
      readonly next: string | null
    }
  }
  /** Lists the hand-overs that a case ordered, and who has signed them. */
  'access.listHandOvers': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly case: string
        readonly from: string
        readonly to: string
        readonly sections: readonly ({
          readonly record: string
          readonly section: string
          readonly version: number
        })[]
        readonly batches: readonly (string)[]
        readonly entries: readonly ({
          readonly register: string
          readonly key: string
        })[]
        readonly status: "OPEN" | "DISPUTED" | "DONE"
        readonly openedAt: number
        readonly doneAt: number | null
        readonly signed: {
          readonly from: string | null
          readonly to: string | null
        }
      })[]
      readonly next: string | null
    }
  }
  /** Lists objections to reads with their answers, oldest first. */
  'access.listObjections': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly read?: string
      readonly member?: string
      readonly open?: boolean
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly read: string
        readonly owner: string
        readonly member: string
        readonly objector: string
        readonly ground: string
        readonly opened: {
          readonly member: string
          readonly name: string
          readonly at: number
          readonly by: string
        }
        readonly due: number
        readonly answer: {
          readonly outcome: "EXPLAINED" | "MISUSE"
          readonly commitment: string | null
          readonly name: string
          readonly at: number
          readonly by: string
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists reads by grant, owner, reading member, record or batch, oldest first. */
  'access.listReads': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly grant?: string
      readonly owner?: string
      readonly member?: string
      readonly record?: string
      readonly batch?: string
      readonly unconfirmed?: boolean
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly read: string
        readonly grant: string
        readonly owner: string
        readonly member: string
        readonly officer: string
        readonly unit: string | null
        readonly case: string | null
        readonly at: number
        readonly height: number
        readonly items: readonly ({
          readonly record: string
          readonly version: number
          readonly section: string
          readonly commitment: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly rows: {
          readonly batch: string
          readonly section: string
          readonly from: number
          readonly count: number
        } | null
        readonly fields: readonly (string)[] | null
        readonly question: string | null
        readonly find: string | null
        readonly second: {
          readonly until: number
          readonly officer: string | null
          readonly at: number | null
        } | null
        readonly holderKey: string
        readonly raisedAt?: number
        readonly confirmation: {
          readonly at: number
          readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
          readonly digest: string
          readonly erased: number
          readonly by: string
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists the newest reads of the records and rows of one person, bulk reads among them. */
  'access.listReadsOfRecords': {
    input: {
      readonly records: readonly (string)[]
      readonly rows?: readonly ({
        readonly batch: string
        readonly index: number
      })[]
      readonly limit?: number
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly read: string
        readonly grant: string
        readonly owner: string
        readonly member: string
        readonly officer: string
        readonly unit: string | null
        readonly case: string | null
        readonly at: number
        readonly height: number
        readonly items: readonly ({
          readonly record: string
          readonly version: number
          readonly section: string
          readonly commitment: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly rows: {
          readonly batch: string
          readonly section: string
          readonly from: number
          readonly count: number
        } | null
        readonly fields: readonly (string)[] | null
        readonly question: string | null
        readonly find: string | null
        readonly second: {
          readonly until: number
          readonly officer: string | null
          readonly at: number | null
        } | null
        readonly holderKey: string
        readonly raisedAt?: number
        readonly confirmation: {
          readonly at: number
          readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
          readonly digest: string
          readonly erased: number
          readonly by: string
        } | null
      })[]
      readonly total: number
    }
  }
  /** Lists the commitments of the sealed sections of a case. */
  'access.listSections': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly record: string
        readonly section: string
        readonly version: number
        readonly owner: string
        readonly entry: string
        readonly level: number
        readonly commitment: string
        readonly case: string
        readonly by: string
        readonly at: number
        readonly resealedAs?: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists the records of an owner that are erased or restricted. */
  'access.listTombstones': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly owner: string
      readonly state?: "RESTRICTED" | "ERASED"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly owner: string
        readonly record: string
        readonly batch: string | null
        readonly index: number | null
        readonly state: "RESTRICTED" | "ERASED"
        readonly erasure: string
        readonly at: number
        readonly height: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists reads of your member that wait for a second officer, oldest first. */
  'access.listWaitingReads': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly read: string
        readonly grant: string
        readonly owner: string
        readonly member: string
        readonly officer: string
        readonly unit: string | null
        readonly case: string | null
        readonly at: number
        readonly height: number
        readonly items: readonly ({
          readonly record: string
          readonly version: number
          readonly section: string
          readonly commitment: string
          readonly batch: string | null
          readonly index: number | null
        })[]
        readonly rows: {
          readonly batch: string
          readonly section: string
          readonly from: number
          readonly count: number
        } | null
        readonly fields: readonly (string)[] | null
        readonly question: string | null
        readonly find: string | null
        readonly second: {
          readonly until: number
          readonly officer: string | null
          readonly at: number | null
        } | null
        readonly holderKey: string
        readonly raisedAt?: number
        readonly confirmation: {
          readonly at: number
          readonly outcome: "RELEASED" | "REFUSED" | "FAILED"
          readonly digest: string
          readonly erased: number
          readonly by: string
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Show which steps can be resumed or lapsed now, and when the next one lapses. */
  'cases.findWaits': {
    input: Readonly<Record<string, never>>
    output: {
      readonly resumable: readonly ({
        readonly case: string
        readonly step: string
        readonly n: number
      })[]
      readonly lapsable: readonly ({
        readonly case: string
        readonly step: string
        readonly n: number
      })[]
      readonly next: number | null
    }
  }
  /** Show a case with its steps. */
  'cases.getCase': {
    input: {
      readonly case: string
    }
    output: {
      readonly case: {
        readonly v: 1
        readonly id: string
        readonly service: string
        readonly package: string
        readonly lawDate: string
        readonly region: string
        readonly lock: {
          readonly rules: Readonly<Record<string, string>>
          readonly packages: Readonly<Record<string, string>>
        }
        readonly status: string
        readonly opener: {
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
        }
        readonly openedAt: number
        readonly endedAt: number | null
        readonly parent: {
          readonly case: string
          readonly as: string
        } | null
        readonly children: Readonly<Record<string, string>>
        readonly parties: Readonly<Record<string, string | readonly (string)[] | null>>
        readonly references: Readonly<Record<string, {
          readonly register: string
          readonly key: string
        } | null>>
        readonly values: Readonly<Record<string, unknown>>
        readonly batches: Readonly<Record<string, {
          readonly step: number
          readonly owner: string
          readonly root: string
          readonly count: number
          readonly totals: Readonly<Record<string, string | number>>
        }>>
        readonly sealed: Readonly<Record<string, {
          readonly step: number
          readonly owner: string
          readonly record: string
          readonly level: number
          readonly commitment: string
        }>>
        readonly expectations: Readonly<Record<string, string>>
        readonly payments: Readonly<Record<string, string>>
        readonly unique: string | null
        readonly notices: readonly ({
          readonly name: string
          readonly to: readonly (string)[]
          readonly at: number
          readonly until: number | null
        })[]
        readonly steps: number
        readonly done: number
      }
      readonly steps: readonly ({
        readonly v: 1
        readonly case: string
        readonly n: number
        readonly step: string
        readonly round: number
        readonly status: "open" | "waiting" | "disputed" | "done" | "cancelled"
        readonly holder: string
        readonly party: string
        readonly awaits: readonly (string)[]
        readonly openedAt: number
        readonly openedBy: number | null
        readonly clocks: readonly ({
          readonly name: string
          readonly kind: "within" | "lasts" | "from"
          readonly startsOn: string
          readonly promisedUntil: number | null
          readonly until: number | null
          readonly lapsed: number
        })[]
        readonly dueAt: number | null
        readonly lapsesAfter: number | null
        readonly wait: {
          readonly kind: "payment"
          readonly id: string
        } | {
          readonly kind: "settlement"
          readonly id: string
        } | {
          readonly kind: "register"
          readonly register: string
          readonly key: string
        } | {
          readonly kind: "case"
          readonly case: string
        } | {
          readonly kind: "until"
          readonly at: number
        } | null
        readonly signatures: readonly ({
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
          readonly outcome: string | null
          readonly fields: Readonly<Record<string, unknown>>
        })[]
        readonly submissions: readonly ({
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
          readonly digest: string
          readonly inputs: Readonly<Record<string, unknown>>
          readonly outputs: Readonly<Record<string, unknown>>
          readonly outcomes: {
            readonly root: string
            readonly count: number
          }
          readonly subledger: Readonly<Record<string, unknown>> | null
          readonly trace: string
        })[]
        readonly differs: readonly (string)[]
        readonly batch: {
          readonly section: string
          readonly root: string
          readonly count: number
          readonly totals: Readonly<Record<string, string | number>>
        } | null
        readonly record: {
          readonly record: string
          readonly owner: string
          readonly sections: readonly ({
            readonly name: string
            readonly level: number
            readonly commitment: string
          })[]
        } | null
        readonly values: Readonly<Record<string, unknown>>
        readonly rules: readonly ({
          readonly name: string
          readonly rule: string
          readonly hash: string
          readonly trace: string
        })[]
        readonly outcome: string | null
        readonly endedBy: {
          readonly by: "act" | "determination" | "wait" | "lapse" | "join" | "end"
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
        } | null
        readonly order: number | null
      })[]
    }
  }
  /** Show a step: its form, suggested values, outcomes, and what a determination starts from. */
  'cases.getStep': {
    input: {
      readonly case: string
      readonly n: number
    }
    output: {
      readonly step: {
        readonly v: 1
        readonly case: string
        readonly n: number
        readonly step: string
        readonly round: number
        readonly status: "open" | "waiting" | "disputed" | "done" | "cancelled"
        readonly holder: string
        readonly party: string
        readonly awaits: readonly (string)[]
        readonly openedAt: number
        readonly openedBy: number | null
        readonly clocks: readonly ({
          readonly name: string
          readonly kind: "within" | "lasts" | "from"
          readonly startsOn: string
          readonly promisedUntil: number | null
          readonly until: number | null
          readonly lapsed: number
        })[]
        readonly dueAt: number | null
        readonly lapsesAfter: number | null
        readonly wait: {
          readonly kind: "payment"
          readonly id: string
        } | {
          readonly kind: "settlement"
          readonly id: string
        } | {
          readonly kind: "register"
          readonly register: string
          readonly key: string
        } | {
          readonly kind: "case"
          readonly case: string
        } | {
          readonly kind: "until"
          readonly at: number
        } | null
        readonly signatures: readonly ({
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
          readonly outcome: string | null
          readonly fields: Readonly<Record<string, unknown>>
        })[]
        readonly submissions: readonly ({
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
          readonly digest: string
          readonly inputs: Readonly<Record<string, unknown>>
          readonly outputs: Readonly<Record<string, unknown>>
          readonly outcomes: {
            readonly root: string
            readonly count: number
          }
          readonly subledger: Readonly<Record<string, unknown>> | null
          readonly trace: string
        })[]
        readonly differs: readonly (string)[]
        readonly batch: {
          readonly section: string
          readonly root: string
          readonly count: number
          readonly totals: Readonly<Record<string, string | number>>
        } | null
        readonly record: {
          readonly record: string
          readonly owner: string
          readonly sections: readonly ({
            readonly name: string
            readonly level: number
            readonly commitment: string
          })[]
        } | null
        readonly values: Readonly<Record<string, unknown>>
        readonly rules: readonly ({
          readonly name: string
          readonly rule: string
          readonly hash: string
          readonly trace: string
        })[]
        readonly outcome: string | null
        readonly endedBy: {
          readonly by: "act" | "determination" | "wait" | "lapse" | "join" | "end"
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
        } | null
        readonly order: number | null
      }
      readonly definition: Readonly<Record<string, unknown>>
      readonly suggested: Readonly<Record<string, unknown>>
      readonly choices: readonly (string)[]
      readonly actors: readonly (string)[]
      readonly determination: Readonly<Record<string, unknown>> | null
    }
  }
  /** List cases of a service, of a member, about a register entry, or of a parent case. */
  'cases.listCases': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly service?: string
      readonly member?: string
      readonly entry?: {
        readonly register: string
        readonly key: string
      }
      readonly parent?: string
      readonly status?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly service: string
        readonly package: string
        readonly lawDate: string
        readonly region: string
        readonly lock: {
          readonly rules: Readonly<Record<string, string>>
          readonly packages: Readonly<Record<string, string>>
        }
        readonly status: string
        readonly opener: {
          readonly member: string
          readonly name: string
          readonly txId: string
          readonly at: number
        }
        readonly openedAt: number
        readonly endedAt: number | null
        readonly parent: {
          readonly case: string
          readonly as: string
        } | null
        readonly children: Readonly<Record<string, string>>
        readonly parties: Readonly<Record<string, string | readonly (string)[] | null>>
        readonly references: Readonly<Record<string, {
          readonly register: string
          readonly key: string
        } | null>>
        readonly values: Readonly<Record<string, unknown>>
        readonly batches: Readonly<Record<string, {
          readonly step: number
          readonly owner: string
          readonly root: string
          readonly count: number
          readonly totals: Readonly<Record<string, string | number>>
        }>>
        readonly sealed: Readonly<Record<string, {
          readonly step: number
          readonly owner: string
          readonly record: string
          readonly level: number
          readonly commitment: string
        }>>
        readonly expectations: Readonly<Record<string, string>>
        readonly payments: Readonly<Record<string, string>>
        readonly unique: string | null
        readonly notices: readonly ({
          readonly name: string
          readonly to: readonly (string)[]
          readonly at: number
          readonly until: number | null
        })[]
        readonly steps: number
        readonly done: number
      })[]
      readonly next: string | null
    }
  }
  /** List the open steps that await a member, the most urgent first. */
  'cases.listOpenSteps': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
      readonly service?: string
    }
    output: {
      readonly items: readonly ({
        readonly service: string
        readonly step: {
          readonly v: 1
          readonly case: string
          readonly n: number
          readonly step: string
          readonly round: number
          readonly status: "open" | "waiting" | "disputed" | "done" | "cancelled"
          readonly holder: string
          readonly party: string
          readonly awaits: readonly (string)[]
          readonly openedAt: number
          readonly openedBy: number | null
          readonly clocks: readonly ({
            readonly name: string
            readonly kind: "within" | "lasts" | "from"
            readonly startsOn: string
            readonly promisedUntil: number | null
            readonly until: number | null
            readonly lapsed: number
          })[]
          readonly dueAt: number | null
          readonly lapsesAfter: number | null
          readonly wait: {
            readonly kind: "payment"
            readonly id: string
          } | {
            readonly kind: "settlement"
            readonly id: string
          } | {
            readonly kind: "register"
            readonly register: string
            readonly key: string
          } | {
            readonly kind: "case"
            readonly case: string
          } | {
            readonly kind: "until"
            readonly at: number
          } | null
          readonly signatures: readonly ({
            readonly member: string
            readonly name: string
            readonly txId: string
            readonly at: number
            readonly outcome: string | null
            readonly fields: Readonly<Record<string, unknown>>
          })[]
          readonly submissions: readonly ({
            readonly member: string
            readonly name: string
            readonly txId: string
            readonly at: number
            readonly digest: string
            readonly inputs: Readonly<Record<string, unknown>>
            readonly outputs: Readonly<Record<string, unknown>>
            readonly outcomes: {
              readonly root: string
              readonly count: number
            }
            readonly subledger: Readonly<Record<string, unknown>> | null
            readonly trace: string
          })[]
          readonly differs: readonly (string)[]
          readonly batch: {
            readonly section: string
            readonly root: string
            readonly count: number
            readonly totals: Readonly<Record<string, string | number>>
          } | null
          readonly record: {
            readonly record: string
            readonly owner: string
            readonly sections: readonly ({
              readonly name: string
              readonly level: number
              readonly commitment: string
            })[]
          } | null
          readonly values: Readonly<Record<string, unknown>>
          readonly rules: readonly ({
            readonly name: string
            readonly rule: string
            readonly hash: string
            readonly trace: string
          })[]
          readonly outcome: string | null
          readonly endedBy: {
            readonly by: "act" | "determination" | "wait" | "lapse" | "join" | "end"
            readonly member: string
            readonly name: string
            readonly txId: string
            readonly at: number
          } | null
          readonly order: number | null
        }
      })[]
      readonly next: string | null
    }
  }
  /** Shows what changes between two versions of a package, and which locks it loosens. */
  'catalogue.comparePackages': {
    input: {
      readonly from: string
      readonly to: string
    }
    output: {
      readonly changes: readonly (Readonly<Record<string, unknown>>)[]
      readonly loosened: readonly ({
        readonly path: string
        readonly what: string
      })[]
    }
  }
  /** Shows a package at one version, with the parts that hold its exact bytes. */
  'catalogue.getPackage': {
    input: {
      readonly package: string
    }
    output: {
      readonly v: 1
      readonly hash: string
      readonly kind: "service" | "library"
      readonly name: string
      readonly version: string
      readonly title: {
        readonly zh: string
        readonly en: string
      }
      readonly responsible: string
      readonly size: number
      readonly parts: readonly (string)[]
      readonly uses: Readonly<Record<string, string>>
      readonly effectiveFrom: string
      readonly status: "PROPOSED" | "PUBLISHED" | "REJECTED" | "WITHDRAWN"
      readonly proposal: string | null
      readonly proposedBy: string | null
      readonly publishedAt: number | null
      readonly publishedHeight: number | null
      readonly inForceFrom: string | null
      readonly withdrawnAt: number | null
    }
  }
  /** Shows which version of a package is in force on a day. */
  'catalogue.getPackageInForce': {
    input: {
      readonly name: string
      readonly day?: string
    }
    output: {
      readonly v: 1
      readonly hash: string
      readonly kind: "service" | "library"
      readonly name: string
      readonly version: string
      readonly title: {
        readonly zh: string
        readonly en: string
      }
      readonly responsible: string
      readonly size: number
      readonly parts: readonly (string)[]
      readonly uses: Readonly<Record<string, string>>
      readonly effectiveFrom: string
      readonly status: "PROPOSED" | "PUBLISHED" | "REJECTED" | "WITHDRAWN"
      readonly proposal: string | null
      readonly proposedBy: string | null
      readonly publishedAt: number | null
      readonly publishedHeight: number | null
      readonly inForceFrom: string | null
      readonly withdrawnAt: number | null
    }
  }
  /** Gives the exact bytes of one part of a package. */
  'catalogue.getPart': {
    input: {
      readonly part: string
    }
    output: {
      readonly v: 1
      readonly size: number
      readonly bytes: string
    }
  }
  /** Shows a rule at one version with its whole document. */
  'catalogue.getRule': {
    input: {
      readonly rule: string
    }
    output: {
      readonly record: {
        readonly v: 1
        readonly hash: string
        readonly id: string
        readonly clauses: readonly (string)[]
        readonly effectiveFrom: string | null
        readonly effectiveTo: string | null
        readonly inForceFrom: string
        readonly droppedFrom: string | null
        readonly package: string
        readonly packageName: string
        readonly publishedHeight: number
      }
      readonly document: Readonly<Record<string, unknown>>
    }
  }
  /** Lists the clauses that published packages cite. */
  'catalogue.listClauses': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly clause?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly hash: string
        readonly id: string
        readonly instrument: string
        readonly article: string
        readonly effectiveFrom: string
        readonly effectiveTo: string | null
        readonly certainty: "S" | "K-H" | "K-M" | "K-L" | "P"
        readonly quotation: string
        readonly amends?: readonly (string)[]
        readonly repeals?: readonly (string)[]
        readonly package: string
        readonly publishedHeight: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists published entries of the data catalogue, or all versions of one. */
  'catalogue.listDataSetEntries': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly id?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly hash: string
        readonly content: {
          readonly id: string
          readonly version: number
          readonly name: {
            readonly zh: string
            readonly en: string
          }
          readonly items: readonly (string)[]
          readonly provider: string
          readonly format: "STRUCTURED" | "TABLE" | "DOCUMENT" | "IMAGE"
          readonly updateFrequency: "REAL_TIME" | "DAILY" | "WEEKLY" | "MONTHLY" | "QUARTERLY" | "YEARLY" | "ON_CHANGE"
          readonly sharing: "UNCONDITIONAL" | "CONDITIONAL" | "NOT_SHARED"
          readonly shareMethods: readonly ("API" | "BATCH" | "FILE")[]
          readonly conditions: {
            readonly scope: string
            readonly purpose: string
          } | null
          readonly notShared: {
            readonly reason: string
            readonly clause: string
            readonly rank: "LAW" | "ADMINISTRATIVE_REGULATION" | "STATE_COUNCIL_DECISION"
          } | null
          readonly grade: number
          readonly personal: boolean
          readonly responsible: string
          readonly duties: readonly ({
            readonly stage: "PRODUCTION" | "SHARED_USE" | "TRANSFER_STORAGE"
            readonly role: string
            readonly duty: string
            readonly clause: string
          })[]
          readonly change: {
            readonly conditions: string
            readonly vote: "PUBLISH" | "LOOSEN"
          }
          readonly sections: readonly ({
            readonly package: string
            readonly section: string
            readonly level: number
          })[]
        }
        readonly status: "DRAFT" | "APPROVED" | "PROPOSED" | "PUBLISHED" | "SUPERSEDED"
        readonly draftedBy: string
        readonly draftedAt: number
        readonly changedOn: string | null
        readonly clocks: {
          readonly updateBy: number | null
          readonly updateWithExtension: number | null
          readonly publishBy: number | null
        }
        readonly late: readonly ("UPDATE" | "PUBLICATION")[]
        readonly approval: {
          readonly by: string
          readonly at: number
          readonly secrecyRisk: string
          readonly impactAssessment: string | null
        } | null
        readonly proposal: string | null
        readonly proposedAt: number | null
        readonly publishedAt: number | null
        readonly publishedHeight: number | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists the data catalogue: who provides which sealed data, for what, to whom. */
  'catalogue.listDataSets': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly package?: string
    }
    output: {
      readonly items: readonly ({
        readonly entry: string
        readonly package: string
        readonly name: string
        readonly items: readonly (string)[]
        readonly provider: string
        readonly format: "SEALED_JSON"
        readonly updateFrequency: "PER_CASE"
        readonly shareAttribute: string
        readonly shareMethod: "GRANT_AND_RECEIPT"
        readonly conditions: {
          readonly readers: readonly (string)[]
          readonly purpose: string
          readonly use: string
          readonly clause: string | null
        }
        readonly level: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists service packages and libraries, of one status where asked. */
  'catalogue.listPackages': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly status?: "PROPOSED" | "PUBLISHED" | "REJECTED" | "WITHDRAWN"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly hash: string
        readonly kind: "service" | "library"
        readonly name: string
        readonly version: string
        readonly title: {
          readonly zh: string
          readonly en: string
        }
        readonly responsible: string
        readonly size: number
        readonly parts: readonly (string)[]
        readonly uses: Readonly<Record<string, string>>
        readonly effectiveFrom: string
        readonly status: "PROPOSED" | "PUBLISHED" | "REJECTED" | "WITHDRAWN"
        readonly proposal: string | null
        readonly proposedBy: string | null
        readonly publishedAt: number | null
        readonly publishedHeight: number | null
        readonly inForceFrom: string | null
        readonly withdrawnAt: number | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists published values of the numbers of the law, every publication. */
  'catalogue.listParameters': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly parameter?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly parameter: string
        readonly region: string
        readonly rows: readonly ({
          readonly value: string
          readonly effectiveFrom: string
          readonly effectiveTo: string | null
          readonly basis: string
          readonly certainty?: "S" | "K-H" | "K-M" | "K-L" | "P"
          readonly source?: string
        })[]
        readonly inForceFrom: string
        readonly package: string
        readonly packageName: string
        readonly publishedHeight: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists published rules with their clauses and dates, every version. */
  'catalogue.listRules': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly rule?: string
      readonly package?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly hash: string
        readonly id: string
        readonly clauses: readonly (string)[]
        readonly effectiveFrom: string | null
        readonly effectiveTo: string | null
        readonly inForceFrom: string
        readonly droppedFrom: string | null
        readonly package: string
        readonly packageName: string
        readonly publishedHeight: number
      })[]
      readonly next: string | null
    }
  }
  /** Shows the books of a plan: accounts, residue register, where the sub-ledger stands. */
  'funds.getBook': {
    input: {
      readonly book: string
    }
    output: {
      readonly v: 1
      readonly book: string
      readonly chart: {
        readonly package: string
        readonly name: string
      }
      readonly unitPlaces: number
      readonly navPlaces: number
      readonly custodian: string | null
      readonly opened: {
        readonly case: string | null
        readonly at: number
      }
      readonly journals: number
      readonly carried: string
      readonly subledger: {
        readonly owner: string
        readonly next: string
        readonly previous: string | null
        readonly balances: {
          readonly root: string
          readonly count: number
        }
        readonly sum: Readonly<Record<string, {
          readonly cost: string
          readonly units: string
        }>>
        readonly postings: number
      } | null
      readonly accounts: readonly ({
        readonly account: string
        readonly name: string
        readonly side: "debit" | "credit" | "either"
        readonly measure: "fen" | "units"
        readonly amount: string
      })[]
    }
  }
  /** Shows one journal. */
  'funds.getJournal': {
    input: {
      readonly journal: string
    }
    output: {
      readonly v: 1
      readonly id: string
      readonly book: string
      readonly seq: number
      readonly kind: string
      readonly case: string | null
      readonly step: string | null
      readonly at: number
      readonly fen: readonly ({
        readonly side: "debit" | "credit"
        readonly account: string
        readonly amount: string
      })[]
      readonly units: readonly ({
        readonly side: "debit" | "credit"
        readonly account: string
        readonly amount: string
      })[]
      readonly subledger: {
        readonly entries: {
          readonly root: string
          readonly count: number
        }
        readonly balances: {
          readonly root: string
          readonly count: number
        }
        readonly delta: Readonly<Record<string, {
          readonly cost: string
          readonly units: string
        }>>
        readonly sum: Readonly<Record<string, {
          readonly cost: string
          readonly units: string
        }>>
        readonly residue: string
        readonly previous: string | null
      } | null
    }
  }
  /** Shows every account of a book in debit and credit columns, with their sums. */
  'funds.getTrialBalance': {
    input: {
      readonly book: string
    }
    output: {
      readonly book: string
      readonly journals: number
      readonly carried: string
      readonly fen: {
        readonly rows: readonly ({
          readonly account: string
          readonly name: string
          readonly debit: string
          readonly credit: string
        })[]
        readonly debit: string
        readonly credit: string
      }
      readonly units: {
        readonly rows: readonly ({
          readonly account: string
          readonly name: string
          readonly debit: string
          readonly credit: string
        })[]
        readonly debit: string
        readonly credit: string
      }
      readonly equalities: readonly ({
        readonly left: readonly (string)[]
        readonly leftSum: string
        readonly right: readonly (string)[]
        readonly rightSum: string
      })[]
    }
  }
  /** Lists the sets of accounts of this chain. */
  'funds.listBooks': {
    input: {
      readonly limit?: number
      readonly cursor?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly book: string
        readonly chart: {
          readonly package: string
          readonly name: string
        }
        readonly unitPlaces: number
        readonly navPlaces: number
        readonly custodian: string | null
        readonly opened: {
          readonly case: string | null
          readonly at: number
        }
        readonly journals: number
        readonly carried: string
        readonly subledger: {
          readonly owner: string
          readonly next: string
          readonly previous: string | null
          readonly balances: {
            readonly root: string
            readonly count: number
          }
          readonly sum: Readonly<Record<string, {
            readonly cost: string
            readonly units: string
          }>>
          readonly postings: number
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists the journals that a case posted. */
  'funds.listCaseJournals': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly book: string
        readonly seq: number
        readonly kind: string
        readonly case: string | null
        readonly step: string | null
        readonly at: number
        readonly fen: readonly ({
          readonly side: "debit" | "credit"
          readonly account: string
          readonly amount: string
        })[]
        readonly units: readonly ({
          readonly side: "debit" | "credit"
          readonly account: string
          readonly amount: string
        })[]
        readonly subledger: {
          readonly entries: {
            readonly root: string
            readonly count: number
          }
          readonly balances: {
            readonly root: string
            readonly count: number
          }
          readonly delta: Readonly<Record<string, {
            readonly cost: string
            readonly units: string
          }>>
          readonly sum: Readonly<Record<string, {
            readonly cost: string
            readonly units: string
          }>>
          readonly residue: string
          readonly previous: string | null
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists expected credits of a case, of the member that tells them, or in a state. */
  'funds.listExpectations': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly by?: string
      readonly state?: "expected" | "arrived" | "short" | "over" | "cancelled"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly case: string
        readonly name: string
        readonly occasion: number
        readonly book: string | null
        readonly by: string
        readonly account: string
        readonly amount: string
        readonly arrived: string
        readonly arrivedOn: string | null
        readonly state: "expected" | "arrived" | "short" | "over" | "cancelled"
        readonly credits: number
        readonly at: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists the journals of a book, oldest first or newest first. */
  'funds.listJournals': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly book: string
      readonly postings?: boolean
      readonly newestFirst?: boolean
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly book: string
        readonly seq: number
        readonly kind: string
        readonly case: string | null
        readonly step: string | null
        readonly at: number
        readonly fen: readonly ({
          readonly side: "debit" | "credit"
          readonly account: string
          readonly amount: string
        })[]
        readonly units: readonly ({
          readonly side: "debit" | "credit"
          readonly account: string
          readonly amount: string
        })[]
        readonly subledger: {
          readonly entries: {
            readonly root: string
            readonly count: number
          }
          readonly balances: {
            readonly root: string
            readonly count: number
          }
          readonly delta: Readonly<Record<string, {
            readonly cost: string
            readonly units: string
          }>>
          readonly sum: Readonly<Record<string, {
            readonly cost: string
            readonly units: string
          }>>
          readonly residue: string
          readonly previous: string | null
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists payment orders of a case, or of a payer or its bank, all or in one state. */
  'funds.listPayments': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly member?: string
      readonly state?: "ordered" | "sent" | "accepted" | "settled" | "rejected" | "returned"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly case: string
        readonly name: string
        readonly occasion: number
        readonly book: string | null
        readonly by: string
        readonly tellers: readonly (string)[]
        readonly from: string
        readonly to: string
        readonly amount: string
        readonly state: "ordered" | "sent" | "accepted" | "settled" | "rejected" | "returned"
        readonly attempt: number
        readonly history: readonly ({
          readonly attempt: number
          readonly state: "ordered" | "sent" | "accepted" | "settled" | "rejected" | "returned"
          readonly at: number
          readonly by: string
          readonly entry: string | null
          readonly reason: string | null
          readonly on: string | null
        })[]
      })[]
      readonly next: string | null
    }
  }
  /** Lists credits that answer no expectation yet. */
  'funds.listUnknownCredits': {
    input: {
      readonly limit?: number
      readonly cursor?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly by: string
        readonly entry: string
        readonly account: string
        readonly amount: string
        readonly valueDate: string
        readonly expectation: string | null
        readonly suspense: {
          readonly book: string
          readonly journal: string
          readonly release: string | null
        } | null
        readonly at: number
      })[]
      readonly next: string | null
    }
  }
  /** Shows a proposal with its votes, its quorum, and what the votes come to. */
  'governance.getProposal': {
    input: {
      readonly proposal: string
    }
    output: {
      readonly proposal: {
        readonly v: 1
        readonly id: string
        readonly subject: "admit" | "remove" | "suspend" | "roles" | "authority" | "publish" | "loosen" | "withdraw" | "parameters" | "quorum" | "policy" | "protocol"
        readonly content: Readonly<Record<string, unknown>>
        readonly contentHash: string
        readonly concerned: string | null
        readonly responsible: string | null
        readonly proposer: string
        readonly proposedBy: string
        readonly proposedAt: number
        readonly closesAt: number
        readonly status: "OPEN" | "PASSED" | "ENACTED" | "REJECTED" | "LAPSED" | "RETRACTED"
        readonly passedAt: number | null
        readonly enactableAt: number | null
        readonly enactedAt: number | null
        readonly enactedHeight: number | null
      }
      readonly votes: readonly ({
        readonly v: 1
        readonly proposal: string
        readonly member: string
        readonly choice: "FOR" | "AGAINST"
        readonly by: string
        readonly at: number
      })[]
      readonly quorum: {
        readonly v: 1
        readonly subject: "admit" | "remove" | "suspend" | "roles" | "authority" | "publish" | "loosen" | "withdraw" | "parameters" | "quorum" | "policy" | "protocol"
        readonly threshold: readonly [number, number]
        readonly strict: boolean
        readonly coolingOffMs: number
        readonly with: "responsible" | null
        readonly without: "concerned" | null
      }
      readonly voters: number
      readonly tally: string
    }
  }
  /** Lists proposals with their status, oldest first. */
  'governance.listProposals': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly status?: "OPEN" | "PASSED" | "ENACTED" | "REJECTED" | "LAPSED" | "RETRACTED"
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly subject: "admit" | "remove" | "suspend" | "roles" | "authority" | "publish" | "loosen" | "withdraw" | "parameters" | "quorum" | "policy" | "protocol"
        readonly content: Readonly<Record<string, unknown>>
        readonly contentHash: string
        readonly concerned: string | null
        readonly responsible: string | null
        readonly proposer: string
        readonly proposedBy: string
        readonly proposedAt: number
        readonly closesAt: number
        readonly status: "OPEN" | "PASSED" | "ENACTED" | "REJECTED" | "LAPSED" | "RETRACTED"
        readonly passedAt: number | null
        readonly enactableAt: number | null
        readonly enactedAt: number | null
        readonly enactedHeight: number | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists how each subject is decided. */
  'governance.listQuorums': {
    input: Readonly<Record<string, never>>
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly subject: "admit" | "remove" | "suspend" | "roles" | "authority" | "publish" | "loosen" | "withdraw" | "parameters" | "quorum" | "policy" | "protocol"
        readonly threshold: readonly [number, number]
        readonly strict: boolean
        readonly coolingOffMs: number
        readonly with: "responsible" | null
        readonly without: "concerned" | null
      })[]
    }
  }
  /** Lists the parameters of the ledger and of contracts with their values. */
  'governance.listSettings': {
    input: Readonly<Record<string, never>>
    output: {
      readonly items: readonly ({
        readonly name: string
        readonly value: number | string | boolean
        readonly isDefault: boolean
      })[]
    }
  }
  /** Shows one member with its roles and status. */
  'membership.getMember': {
    input: {
      readonly member: string
    }
    output: {
      readonly v: 1
      readonly id: string
      readonly name: {
        readonly zh: string
        readonly en: string
      }
      readonly roles: readonly (string)[]
      readonly voting: boolean
      readonly status: "ACTIVE" | "SUSPENDED" | "REMOVED"
      readonly admittedAt: number
      readonly statusSince: number
    }
  }
  /** Lists the signing keys of a member: who holds them, from when until when. */
  'membership.listCertificates': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
    }
    output: {
      readonly items: readonly ({
        readonly certificate: string
        readonly v: 1
        readonly issuer: string | null
        readonly kind: "officer" | "subject" | "system"
        readonly member: string
        readonly name: string
        readonly notAfter: number
        readonly notBefore: number
        readonly revokedAt: number | null
        readonly spki: string
        readonly origins?: readonly (string)[]
        readonly rpId?: string
      })[]
      readonly next: string | null
    }
  }
  /** Lists the keys of a member that others seal to. */
  'membership.listEncryptionKeys': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
    }
    output: {
      readonly items: readonly ({
        readonly holderKey: string
        readonly v: 1
        readonly issuer: string
        readonly member: string
        readonly name: string
        readonly notAfter: number
        readonly notBefore: number
        readonly revokedAt: number | null
        readonly spki: string
        readonly certificate: string
      })[]
      readonly next: string | null
    }
  }
  /** Lists the members of the chain, also those suspended or removed. */
  'membership.listMembers': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly role?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly name: {
          readonly zh: string
          readonly en: string
        }
        readonly roles: readonly (string)[]
        readonly voting: boolean
        readonly status: "ACTIVE" | "SUSPENDED" | "REMOVED"
        readonly admittedAt: number
        readonly statusSince: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists the officers and systems of a member with their roles and units. */
  'membership.listOfficers': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly member: string
        readonly kind: "officer" | "system"
        readonly name: string
        readonly roles: readonly (string)[]
        readonly unit: string | null
        readonly status: "PENDING" | "ACTIVE" | "LEFT"
        readonly registeredBy: string | null
        readonly confirmedBy: string | null
        readonly pending: {
          readonly roles: readonly (string)[]
          readonly unit: string | null
          readonly since: number
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists the departments of a member. */
  'membership.listUnits': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly member: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly member: string
        readonly unit: string
        readonly name: {
          readonly zh: string
          readonly en: string
        } | null
        readonly closedAt: number | null
      })[]
      readonly next: string | null
    }
  }
  /** Shows the newest version of a register entry, or null if there is none. */
  'registers.findEntry': {
    input: {
      readonly register: string
      readonly key: string
    }
    output: {
      readonly entry: {
        readonly v: 1
        readonly register: string
        readonly key: string
        readonly owner: string
        readonly version: number
        readonly status: "OPEN" | "CLOSED"
        readonly fields: Readonly<Record<string, unknown>>
        readonly sections: readonly ({
          readonly name: string
          readonly level: number
          readonly commitment: string
          readonly record: string
          readonly version: number
        })[]
        readonly case: string
        readonly since: number
      } | null
    }
  }
  /** Lists the entries of a register by key, of one owner where asked. */
  'registers.listEntries': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly register: string
      readonly owner?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly register: string
        readonly key: string
        readonly owner: string
        readonly version: number
        readonly status: "OPEN" | "CLOSED"
        readonly fields: Readonly<Record<string, unknown>>
        readonly sections: readonly ({
          readonly name: string
          readonly level: number
          readonly commitment: string
          readonly record: string
          readonly version: number
        })[]
        readonly case: string
        readonly since: number
      })[]
      readonly next: string | null
    }
  }
  /** Lists every version of a register entry with the transaction that made it. */
  'registers.listVersions': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly register: string
      readonly key: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly register: string
        readonly key: string
        readonly owner: string
        readonly version: number
        readonly status: "OPEN" | "CLOSED"
        readonly fields: Readonly<Record<string, unknown>>
        readonly sections: readonly ({
          readonly name: string
          readonly level: number
          readonly commitment: string
          readonly record: string
          readonly version: number
        })[]
        readonly case: string
        readonly since: number
        readonly kind: "RECORDED" | "AMENDED" | "CLOSED" | "MOVED"
        readonly by: string
      })[]
      readonly next: string | null
    }
  }
  /** Shows late steps, unpublished values, bills that do not match, money that rests. */
  'supervision.getSupervisionSummary': {
    input: Readonly<Record<string, never>>
    output: {
      readonly at: number
      readonly alerts: {
        readonly open: number
        readonly acknowledged: number
        readonly grave: number
        readonly missed: number
      }
      readonly lateSteps: {
        readonly count: number
        readonly items: readonly ({
          readonly case: string
          readonly step: string
          readonly number: number
          readonly holder: string | null
          readonly due: number | null
          readonly since: number
          readonly awaits: string | null
        })[]
      }
      readonly unpublished: {
        readonly count: number
        readonly late: number
        readonly items: readonly ({
          readonly case: string
          readonly step: string
          readonly number: number
          readonly holder: string | null
          readonly due: number | null
          readonly since: number
          readonly awaits: string | null
        })[]
      }
      readonly matches: {
        readonly matched: number
        readonly open: number
        readonly items: readonly ({
          readonly case: string
          readonly billed: string
          readonly arrived: string
          readonly received: string
          readonly allocated: string
          readonly state: "billed" | "short" | "over" | "arrived" | "matched" | "mismatched"
        })[]
      }
      readonly resting: readonly ({
        readonly book: string
        readonly account: string
        readonly name: string
        readonly amount: string
        readonly isSuspense: boolean
      })[]
    }
  }
  /** Shows one warrant, whether it is in force, and how many uses are left. */
  'supervision.getWarrant': {
    input: {
      readonly warrant: string
    }
    output: {
      readonly warrant: {
        readonly v: 1
        readonly id: string
        readonly case: string
        readonly owner: string
        readonly section: string
        readonly scope: {
          readonly kind: "RECORDS"
          readonly records: readonly (string)[]
        } | {
          readonly kind: "ROWS"
          readonly batch: string
          readonly places: readonly (number)[]
        } | {
          readonly kind: "PERSONS"
          readonly batch: string
          readonly persons: number
        } | {
          readonly kind: "BATCH"
          readonly batch: string
        }
        readonly purpose: string
        readonly basis: {
          readonly clause: string
          readonly version: string
        }
        readonly reference: string
        readonly reads: number
        readonly notAfter: number
        readonly hiddenUntil: number | null
        readonly state: "issued" | "confirmed" | "revoked"
        readonly issued: {
          readonly member: string
          readonly name: string
          readonly at: number
        }
        readonly confirmed: {
          readonly member: string
          readonly name: string
          readonly at: number
        } | null
        readonly grant: string | null
        readonly named: {
          readonly member: string
          readonly name: string
          readonly at: number
          readonly places: readonly (number)[]
        } | null
        readonly revoked: {
          readonly member: string
          readonly name: string
          readonly at: number
        } | null
      }
      readonly isInForce: boolean
      readonly used: number
      readonly left: number
    }
  }
  /** Lists alerts: all, of a case, in a state, or those meant for a member. */
  'supervision.listAlerts': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly state?: "open" | "acknowledged" | "closed"
      readonly for?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly id: string
        readonly code: string
        readonly severity: "note" | "warning" | "grave"
        readonly to: readonly (string | string)[]
        readonly case: string | null
        readonly rule: {
          readonly package: string
          readonly name: string
        } | null
        readonly facts: Readonly<Record<string, unknown>>
        readonly at: number
        readonly state: "open" | "acknowledged" | "closed"
        readonly acknowledged: readonly ({
          readonly member: string
          readonly name: string
          readonly at: number
        })[]
        readonly closed: {
          readonly member: string
          readonly name: string
          readonly at: number
          readonly outcome: string
        } | null
      })[]
      readonly next: string | null
    }
  }
  /** Lists what alert rules say must have happened by now and did not. */
  'supervision.listMissed': {
    input: {
      readonly limit?: number
      readonly cursor?: string
    }
    output: {
      readonly items: readonly ({
        readonly v: 1
        readonly case: string
        readonly kind: "step" | "value" | "rule"
        readonly name: string
        readonly number: number
        readonly holder: string | null
        readonly due: number | null
        readonly awaits: string | null
        readonly alert: {
          readonly code: string
          readonly severity: "note" | "warning" | "grave"
          readonly to: readonly (string | string)[]
          readonly rule: {
            readonly package: string
            readonly name: string
          }
          readonly unless: string | null
          readonly facts: Readonly<Record<string, unknown>>
        } | null
        readonly raised: string | null
        readonly at: number
      })[]
      readonly next: string | null
    }
  }
  /** Compares bill, arrival and allocation of each case, to the fen. */
  'supervision.listTripleMatches': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly state?: "billed" | "short" | "over" | "arrived" | "matched" | "mismatched"
    }
    output: {
      readonly items: readonly ({
        readonly case: string
        readonly billed: string
        readonly arrived: string
        readonly received: string
        readonly allocated: string
        readonly state: "billed" | "short" | "over" | "arrived" | "matched" | "mismatched"
      })[]
      readonly next: string | null
    }
  }
  /** Lists warrants: all, of a case, of a supervisor, or over the data of an owner. */
  'supervision.listWarrants': {
    input: {
      readonly limit?: number
      readonly cursor?: string
      readonly case?: string
      readonly member?: string
      readonly owner?: string
      readonly state?: "issued" | "confirmed" | "revoked"
    }
    output: {
      readonly items: readonly ({
        readonly warrant: {
          readonly v: 1
          readonly id: string
          readonly case: string
          readonly owner: string
          readonly section: string
          readonly scope: {
            readonly kind: "RECORDS"
            readonly records: readonly (string)[]
          } | {
            readonly kind: "ROWS"
            readonly batch: string
            readonly places: readonly (number)[]
          } | {
            readonly kind: "PERSONS"
            readonly batch: string
            readonly persons: number
          } | {
            readonly kind: "BATCH"
            readonly batch: string
          }
          readonly purpose: string
          readonly basis: {
            readonly clause: string
            readonly version: string
          }
          readonly reference: string
          readonly reads: number
          readonly notAfter: number
          readonly hiddenUntil: number | null
          readonly state: "issued" | "confirmed" | "revoked"
          readonly issued: {
            readonly member: string
            readonly name: string
            readonly at: number
          }
          readonly confirmed: {
            readonly member: string
            readonly name: string
            readonly at: number
          } | null
          readonly grant: string | null
          readonly named: {
            readonly member: string
            readonly name: string
            readonly at: number
            readonly places: readonly (number)[]
          } | null
          readonly revoked: {
            readonly member: string
            readonly name: string
            readonly at: number
          } | null
        }
        readonly isInForce: boolean
        readonly used: number
        readonly left: number
      })[]
      readonly next: string | null
    }
  }
}
