(d=>{
const h=d.documentElement,b=d.body.dataset,l=h.lang=="en"?"en-GB":h.lang,
units=JSON.parse(b.units||"[]"),
long=s=>{
let m=Math.floor(s/60),r=[];
for(const[n,u]of[[1440,0],[60,1],[1,2]]){
const c=Math.floor(m/n);
m%=n;
if(c)r.push(units[u].replace("{}",c));
if(r.length&&(!c||r.length==2))break
}
return r.join(" ")||units[2].replace("{}",0)
},
ago=t=>{
const s=(Date.now()-Date.parse(t))/1e3,f=new Intl.RelativeTimeFormat(l,{numeric:"auto"});
return s<60?f.format(0,"minute"):s<5400?f.format(-Math.round(s/60),"minute"):s<129600?f.format(-Math.round(s/3600),"hour"):f.format(-Math.round(s/86400),"day")
},
tick=()=>{
if(h.classList.contains("stale"))return;
for(const e of d.querySelectorAll("[data-since]")){
const s=(Date.now()-Date.parse(e.dataset.since))/1e3;
if(s>0)e.textContent=e.dataset.say.replace("{}",long(s))
}
for(const e of d.querySelectorAll("[data-ago]"))e.textContent=" ("+ago(e.dataset.ago)+")"
},
bar=d.querySelector(".news-bar"),
ask=async()=>{
if(d.hidden)return;
try{
const j=await(await fetch(b.fresh,{cache:"no-cache"})).json();
if(b.shown&&j.shown?j.shown!=b.shown:j.build!=d.querySelector("meta[name=build]").content){bar.hidden=!1;return}
if(!j.last_round||!b.stale)return;
b.stale=j.stale_after;
for(const e of d.querySelectorAll("[data-ago]")){
e.dataset.ago=j.last_round;
const t=e.parentNode.querySelector("time");
t.dateTime=j.last_round;
while(t.nextSibling!=e)t.nextSibling.remove();
h.stamp(t)
}
h.aged();
tick()
}catch{}
};
if(!units[0])return;
tick();
setInterval(tick,3e4);
if(!b.fresh||location.protocol=="file:"||!bar)return;
bar.querySelector("button").onclick=()=>location.reload();
ask();
setInterval(ask,6e4);
d.addEventListener("visibilitychange",ask)
})(document)
