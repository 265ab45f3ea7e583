import { honestText, honestTitle, isTampering, isQuotable } from '#src/rag/tampering.js';
import { openStore } from '#src/store/open-store.js';
import { readFileSync } from 'node:fs';
for (const d of ['bbc','mhr','inj']) { const st=await openStore(`/tmp/answers/${d}`); let n=0,f=0,t=0; const ex=[]; let ms=0; for await(const a of st.articles.all()){ if(isTampering(a.title)){t++; console.log('T',a.title,'=>',honestTitle(a.title));} for(const l of a.text.split('\n')){ n++; const t0=performance.now(); const b=isTampering(l); ms+=performance.now()-t0; if(b){f++; ex.push(l);} } } console.log(d,n,'lines',f,'marked',t,'titles',(ms/n).toFixed(4),'ms a line'); for(const e of ex.slice(0,d==='mhr'?200:40)) console.log('   ',e.slice(0,220)); await st.close(); }
const q=JSON.parse(readFileSync('../shared/eval/data/questions.json')).injection; for(const x of q) console.log(x.id,x.style,honestText(x.text).split('\n').filter(isQuotable).join('').trim()===''?'gone':'LEFT '+honestText(x.text));
