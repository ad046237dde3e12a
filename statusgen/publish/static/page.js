(d=>{
const h=d.documentElement,b=d.body.dataset,l=h.lang=="en"?"en-GB":h.lang,
o={hour:"2-digit",minute:"2-digit",hourCycle:"h23",timeZoneName:"short"},
n=t=>Date.now()>Date.parse(t);
h.aged=()=>{
if(b.stale&&!b.built)h.classList.toggle("stale",n(b.stale));
if(!h.classList.contains("stale"))for(const e of d.querySelectorAll("[data-due]"))if(n(e.dataset.due))e.hidden=!(e.nextElementSibling.hidden=!1)
};
h.stamp=t=>{
try{
t.textContent=new Date(t.dateTime).toLocaleString(l,t.dataset.f=="t"?o:{day:"numeric",month:"short",year:"numeric",...o}).replace(/Sept(?=[ ,])/,"Sep")
}catch{}
};
if(h.classList.contains("stale"))b.built=1;
h.aged();
setInterval(h.aged,3e4);
for(const t of d.querySelectorAll("time[data-f]"))t.title=t.textContent,h.stamp(t);
if(location.protocol=="file:")for(const a of d.querySelectorAll("a[href]"))
if(a.protocol=="file:"&&a.pathname.endsWith("/"))a.pathname+="index.html"
})(document)
