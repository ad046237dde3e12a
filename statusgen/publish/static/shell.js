(d=>{
const h=d.documentElement,key="statusgen-theme",dark=matchMedia("(prefers-color-scheme:dark)"),
fixed=h.dataset.mdColorScheme,
every=(s,e=d)=>[...e.querySelectorAll(s)],
kept=()=>{try{return localStorage.getItem(key)}catch{}},
show=()=>{
if(!fixed)h.dataset.mdColorScheme=(kept()||(dark.matches?"slate":"default"));
};
h.classList.add("scripted");
show();
dark.addEventListener("change",show);
for(const e of ["storage","pageshow"])addEventListener(e,show);

const fold=t=>t.normalize("NFD").replace(/[\u0300-\u036f]/g,"").toLowerCase(),
words=t=>fold(t).match(/[\p{L}\p{N}]+/gu)||[],
has=(text,w)=>{
for(let i=text.indexOf(w);i>=0;i=text.indexOf(w,i+1))if(!i||!/[\p{L}\p{N}]/u.test(text[i-1])||/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(w[0]))return 1;
return 0;
};
let index;
const load=async box=>{
try{
index??=fetch(box.dataset.index).then(a=>a.json()).then(i=>{
for(const page of i.pages){page.name=fold(page[0]);for(const p of page[3]){p.head=fold(p[0]);p.body=p[2].map(fold)}}
return i;
});
return await index;
}catch{index=void 0;box.querySelector("p").textContent=box.dataset.failed}
},
rank=(pages,terms)=>{
const found=[];
for(const [n,page] of pages.entries()){
const [title,url,kind,parts]=page,{name}=page;
let best;
for(const part of parts){
const [head,id,texts]=part,{head:heading,body}=part;
let score=0,said;
for(const w of terms){
const here=body.filter(b=>has(b,w)).length,one=(has(name,w)&&9)+(has(heading,w)&&5)+Math.min(here,3);
if(!one){score=0;break}
score+=one;
}
if(score&&name==terms.join(" "))score+=20;
if(score&&(!best||score>best.score)){
let most=-1;
for(const [i,b] of body.entries()){const c=terms.filter(w=>has(b,w)).length+(b.length>40?.5:0);if(c>most)most=c,said=texts[i]}
best={score,n,title,kind,url:url+(id&&"#"+id),head,said};
}
}
if(best)found.push(best);
}
return found.sort((a,b)=>b.score-a.score||a.n-b.n).slice(0,20);
},
cut=(text,terms)=>{
const low=fold(text);
if(text.length<200||low.length!=text.length)return text.slice(0,240);
const at=Math.max(0,Math.min(...terms.map(w=>low.indexOf(w)).filter(i=>i>=0),text.length));
let from=at<120?0:text.lastIndexOf(". ",at)+2;
if(at-from>120||from<2&&at>120)from=text.lastIndexOf(" ",at-60)+1;
const to=text.length-from<220?text.length:text.lastIndexOf(" ",from+210);
return(from?"\u2026 ":"")+text.slice(from,to)+(to<text.length?" \u2026":"");
},
marked=(host,text,terms)=>{
for(const piece of text.split(/([\p{L}\p{N}]+)/u)){
const hit=piece&&terms.some(w=>fold(piece).startsWith(w));
host.append(hit?Object.assign(d.createElement("mark"),{textContent:piece}):piece);
}
return host;
},
find=async box=>{
const input=box.querySelector("input"),asked=input.value,terms=words(asked),list=box.querySelector("ol"),note=box.querySelector("p");
const data=await load(box);
if(!data||asked!=input.value)return;
const found=terms.length?rank(data.pages,terms):[];
note.textContent=terms.length&&!found.length?box.dataset.none:"";
list.replaceChildren(...found.map(f=>{
const a=d.createElement("a"),t=e=>d.createElement(e),file=location.protocol=="file:";
a.href=new URL(box.dataset.root+f.url,location);
a.append(marked(t("b"),f.title,terms));
const under=t("small");
under.append(data.kinds[f.kind],f.head&&f.head!=f.title?" \u00b7 "+f.head:"");
a.append(under);
if(f.said)a.append(marked(t("span"),cut(f.said,terms),terms));
const li=t("li");
li.append(a);
return li;
}));
},
fill=box=>{
const make=(tag,values,host=box)=>host.appendChild(Object.assign(d.createElement(tag),values)),bar=make("div",{role:"search"});
make("input",{type:"search",ariaLabel:box.dataset.for,placeholder:box.dataset.for,autocomplete:"off",spellcheck:false},bar);
make("button",{type:"button",className:"site-shut",textContent:box.dataset.shut},bar);
make("p",{role:"status"});
make("ol",{});
},
open=()=>{
const box=d.querySelector(".site-search");
if(!box||box.open)return;
if(!box.firstChild)fill(box);
box.showModal();
box.querySelector("input").select();
find(box);
},
shut=e=>{e.open=false};
d.addEventListener("input",e=>{const box=e.target.closest?.(".site-search");if(box)find(box)});
d.addEventListener("click",e=>{
const t=e.target,on=s=>t.closest?.(s);
for(const sub of every(".site-sub[open]"))if(!sub.contains(t))shut(sub);
if(on("[data-theme]")){
try{localStorage.setItem(key,h.dataset.mdColorScheme=="slate"?"default":"slate")}catch{}
show();
}
if(on("[data-find]"))open();
const copy=on("[data-copy]");
if(copy)navigator.clipboard?.writeText(copy.dataset.copy).then(()=>{
const said=copy.textContent;
copy.textContent=copy.dataset.done;
setTimeout(()=>{copy.textContent=said},2e3);
}).catch(()=>{});
if(on(".site-shut")||t.matches?.(".site-search"))t.closest(".site-search").close();
if(on(".site-search a"))t.closest(".site-search").close();
});
d.addEventListener("keydown",e=>{
const box=d.querySelector(".site-search"),typing=e.target.closest?.("input,textarea,select,[contenteditable]");
if(e.key=="Escape"&&box?.open){box.close();e.preventDefault()}
if(e.key=="Escape")for(const sub of every(".site-sub[open]")){shut(sub);sub.querySelector("summary").focus()}
if(box&&(e.key=="/"&&!typing?.checkVisibility()&&!e.ctrlKey&&!e.metaKey||e.key=="k"&&(e.ctrlKey||e.metaKey))){e.preventDefault();open()}
if(box?.open&&/^Arrow(Up|Down)$/.test(e.key)){
const stops=[box.querySelector("input"),...every("li a",box)],at=stops.indexOf(d.activeElement);
stops[Math.max(0,Math.min(stops.length-1,at+(e.key=="ArrowDown"?1:-1)))].focus();
e.preventDefault();
}
if(box?.open&&e.key=="Enter"&&e.target.matches("input"))box.querySelector("li a")?.click();
});
})(document);
