import { parseSync } from 'vite'; import fs from 'node:fs'; import path from 'node:path';
const walk=d=>fs.readdirSync(d,{withFileTypes:true}).flatMap(e=>e.isDirectory()?walk(path.join(d,e.name)):[path.join(d,e.name)]);
const seen=new Set(); for(const f of walk('src/text/zh').filter(f=>!/test/.test(f))){ const {program}=parseSync(f,fs.readFileSync(f,'utf8')); (function v(n){ if(!n||typeof n!=='object')return; if(Array.isArray(n)){n.forEach(v);return} if(n.type==='Property') seen.add(n.key.name??n.key.value); for(const k in n)if(k!=='type')v(n[k]) })(program.body) }
for(const f of process.argv.slice(2).flatMap(walk).filter(f=>/\.tsx?$/.test(f)&&!/\.test\.|testing|fixtures/.test(f))){
 const {program}=parseSync(f,fs.readFileSync(f,'utf8')); const out=[];
 (function v(n){ if(!n||typeof n!=='object')return; if(Array.isArray(n)){n.forEach(v);return}
  if(n.type==='CallExpression'){ const a=n.arguments; const k=n.callee.name==='say'&&typeof a[0]?.value==='string'?a[0].value:n.callee.name==='counted'&&typeof a[1]?.value==='string'?'# '+a[1].value:null; if(k!==null&&!seen.has(k)){seen.add(k);out.push(k)} }
  if(n.type==='JSXOpeningElement'&&n.name.name==='Said') for(const at of n.attributes) if(at.name?.name==='text'&&!seen.has(at.value.value)){seen.add(at.value.value);out.push(at.value.value)}
  for(const k in n)if(k!=='type')v(n[k]) })(program.body);
 if(out.length) console.log('## '+f.replace('src/workspaces/explain/','')+'\n'+out.join('\n'));
}
