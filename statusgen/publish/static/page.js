(d=>{
const h=d.documentElement,b=d.body.dataset,l=h.lang=="en"?"en-GB":h.lang,key="statusgen-zone",
v=(navigator.languages||[]).find(x=>x.split("-")[0]==h.lang.split("-")[0])||l,
z=d.querySelector("[data-zone]"),
o={hour:"2-digit",minute:"2-digit",timeZoneName:"short",hourCycle:"h23"};
try{
if(new Intl.DateTimeFormat(navigator.language,{hour:"numeric"}).resolvedOptions().hour12){o.hour="numeric";o.hourCycle="h12"}
}catch{}
const kept=()=>{try{return localStorage.getItem(key)=="site"}catch{}},
n=t=>Date.now()>Date.parse(t);
h.aged=()=>{
if(b.stale&&!b.built)h.classList.toggle("stale",n(b.stale));
if(!h.classList.contains("stale"))for(const e of d.querySelectorAll("[data-due]"))if(n(e.dataset.due))e.hidden=!(e.nextElementSibling.hidden=!1)
};
h.stamp=t=>{
try{
const at=new Date(t.dateTime),w=z&&kept()?{...o,timeZone:z.dataset.zone}:o,
f=(x,q)=>new Intl.DateTimeFormat(x,q).formatToParts(at),
named=f(v,w).find(p=>p.type=="timeZoneName").value;
t.textContent=f(l,t.dataset.f=="t"?w:{day:"numeric",month:"short",year:"numeric",...w}).map((p,i,a)=>p.type=="timeZoneName"?named:p.type=="dayPeriod"||/minute,dayP|dayPeriod,h/.test([a[i-1]?.type,a[i+1]?.type])?p.value.replace(/ /g,"\u00a0"):p.value).join("").replace(/Sept(?=[ ,])/,"Sep");
const utc=t.nextElementSibling;
if(utc&&utc.className=="utc")utc.hidden=named=="UTC"
}catch{}
};
h.stampAll=()=>{for(const t of d.querySelectorAll("time[data-f]")){t.title||=t.textContent;h.stamp(t)}};
if(h.classList.contains("stale"))b.built=1;
h.aged();
setInterval(h.aged,3e4);
h.stampAll();
if(z)try{
const own=new Intl.DateTimeFormat().resolvedOptions().timeZone,theirs=z.textContent,
clocks=x=>[0,6].map(m=>new Date(Date.UTC(2026,m,1)).toLocaleString("en-GB",{timeZone:x})).join();
if(own&&clocks(own)!=clocks(z.dataset.zone)){
const e=d.createElement("button"),
show=()=>{
z.textContent=kept()?theirs:z.dataset.own.replace("{}",own.replace(/_/g," "));
e.textContent=kept()?z.dataset.toOwn:z.dataset.toSite
};
e.type="button";
e.className="site-zone";
e.onclick=()=>{
try{kept()?localStorage.removeItem(key):localStorage.setItem(key,"site")}catch{}
show();
h.stampAll()
};
show();
z.after(" ",e)
}
}catch{}
if(location.protocol=="file:")for(const a of d.querySelectorAll("a[href]"))
if(a.protocol=="file:"&&a.pathname.endsWith("/"))a.pathname+="index.html"
})(document)
