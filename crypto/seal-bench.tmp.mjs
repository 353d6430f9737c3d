import { createHash, randomBytes } from 'node:crypto'
import * as c from './src/index.ts'

const rnd=(n)=>new Uint8Array(randomBytes(n))
for (const suite of ['RS-INTL-1','RS-GM-1']) {
const shared={chain:'demo-1a2b3c4d',entryHash:'11'.repeat(32),kind:'whole',level:2,owner:'sia-3701',section:'row',suite}
const content=c.utf8('x'.repeat(400))
for(let k=0;k<3;k++){const seal=c.createRowSealer(shared,rnd(32),rnd)
