"""Sentences about plans: what the checker finds, and why somebody is left out."""

LEFT_OUT: dict[str, tuple[str, str]] = {
    "left-out-exchange": (
        "“{name}”（{persons} 人、{baskets} 筐）没有接：车次有限。若接上他们，就要少接"
        " {lost}（{lost_persons} 人、{lost_baskets} 筐），另多接 {gained_persons} 人、"
        "{gained_baskets} 筐，方案价值少 {price} 元（至少少 {least} 元）。",
        "“{name}” ({persons} persons, {baskets} baskets) is left out: buses are few."
        " Taking them means leaving out {lost} ({lost_persons} persons, {lost_baskets}"
        " baskets) and taking {gained_persons} other persons with {gained_baskets}"
        " baskets; the plan is worth {price} yuan less (at least {least} less).",
    ),
    "left-out-detour": (
        "“{name}”（{persons} 人、{baskets} 筐）没有接：接上他们不必丢下别人，但多花的里程、车辆或"
        "错开常规车的代价超过所得，方案价值少 {price} 元（至少少 {least} 元）。",
        "“{name}” ({persons} persons, {baskets} baskets) is left out: nobody else would"
        " be, but the further driving, buses or calls near regular buses cost more than"
        " they are worth; the plan is worth {price} yuan less (at least {least} less).",
    ),
    "left-out-even": (
        "“{name}”（{persons} 人、{baskets} 筐）没有接：接上他们的方案同样好（换下 {lost}），由您决定。",
        "“{name}” ({persons} persons, {baskets} baskets) is left out: a plan that takes"
        " them instead of {lost} is as good; the choice is yours.",
    ),
    "left-out-better": (
        "“{name}”（{persons} 人、{baskets} 筐）没有接，是因为计算提前结束：已找到接上他们且价值多"
        " {more} 元的方案。",
        "“{name}” ({persons} persons, {baskets} baskets) is left out because the work"
        " ended early: a plan that takes them is worth {more} yuan more.",
    ),
    "left-out-unknown-price": (
        "“{name}”（{persons} 人、{baskets} 筐）没有接：单独有车可坐，代价还没算完。",
        "“{name}” ({persons} persons, {baskets} baskets) is left out: a bus could take"
        " them alone; what it would cost was not reckoned to the end.",
    ),
}

PLANS: dict[str, tuple[str, str]] = {
    "vehicle-unknown": ("“{subject}”：没有这种车。", "“{subject}”: no such vehicle."),
    "block-empty": (
        "“{subject}”没有班次，不应出车。",
        "“{subject}” has no trips and should not go out.",
    ),
    "trip-empty": (
        "“{subject}”有一班不停任何站。",
        "“{subject}” has a trip without stops.",
    ),
    "market-unknown": (
        "“{subject}”：没有市场“{market}”。",
        "“{subject}”: there is no market “{market}”.",
    ),
    "stop-unknown": (
        "“{subject}”：没有站点“{stop}”。",
        "“{subject}”: there is no stop “{stop}”.",
    ),
    "request-unknown": (
        "“{subject}”：没有需求“{request}”。",
        "“{subject}”: there is no request “{request}”.",
    ),
    "bus-twice": (
        "“{subject}”同时派了 {many} 次。",
        "“{subject}” is sent out {many} times at once.",
    ),
    "bus-missing": (
        "“{subject}”不存在，这种车只有 {has} 辆。",
        "“{subject}” does not exist; there are {has} of its type.",
    ),
    "fleet-exceeded": (
        "“{subject}”派出 {many} 辆，只有 {has} 辆。",
        "{many} buses of “{subject}” go out, there are {has}.",
    ),
    "leaves-too-early": (
        "“{subject}”出场过早：{minute} 分，{from} 分起才可用。",
        "“{subject}” leaves too early: minute {minute}, it may from {from}.",
    ),
    "back-too-late": (
        "“{subject}”回场过晚：{minute} 分，{until} 分前要回。",
        "“{subject}” is back too late: minute {minute}, it must by {until}.",
    ),
    "depot-too-far": (
        "“{subject}”从车场赶不到“{stop}”：最早 {can} 分，计划 {minute} 分。",
        "“{subject}” cannot reach “{stop}” from its depot by minute {minute}, only by"
        " {can}.",
    ),
    "market-too-far": (
        "“{subject}”从车场赶不到市场“{stop}”发回程班：最早 {can} 分，应在 {minute} 分前到。",
        "“{subject}” cannot reach the market “{stop}” from its depot for a trip home by"
        " minute {minute}, only by {can}.",
    ),
    "trips-overlap": (
        "“{subject}”前一班未到，后一班已开始（{minute} 分）。",
        "“{subject}” starts a trip (minute {minute}) before the one before has arrived.",
    ),
    "next-trip-too-soon": (
        "“{subject}”赶不到下一班的“{stop}”：最早 {can} 分，计划 {minute} 分。",
        "“{subject}” cannot reach “{stop}” for its next trip by minute {minute}, only by"
        " {can}.",
    ),
    "next-trip-home-too-soon": (
        "“{subject}”赶不到市场“{stop}”发下一班回程：最早 {can} 分，应在 {minute} 分前到。",
        "“{subject}” cannot reach the market “{stop}” for its next trip home by minute"
        " {minute}, only by {can}.",
    ),
    "back-too-soon": (
        "“{subject}”的回场时刻 {minute} 分不可能，最早 {can} 分。",
        "“{subject}” cannot be back by minute {minute}, only by {can}.",
    ),
    "leaves-during-regular-duty": (
        "“{subject}”{minute} 分就开出，常规班 {ends} 分才结束。",
        "“{subject}” sets out at minute {minute}; its regular duty ends at minute {ends}.",
    ),
    "during-regular-duty": (
        "“{subject}”有班次在 {minute} 分要用车，常规班 {ends} 分才结束。",
        "“{subject}” is needed at minute {minute}; its regular duty ends at minute {ends}.",
    ),
    "into-regular-duty": (
        "“{subject}”有班次到 {minute} 分才结束，常规班 {starts} 分就开。",
        "“{subject}” is on a trip until minute {minute}; its regular duty starts"
        " at minute {starts}.",
    ),
    "late-for-regular-duty": (
        "“{subject}”{minute} 分才到常规班的起点，{starts} 分就要开。",
        "“{subject}” is at its regular duty at minute {minute}; it starts at minute"
        " {starts}.",
    ),
    "regular-end-too-far": (
        "“{subject}”跑完常规班赶不到“{stop}”：最早 {can} 分，计划 {minute} 分。",
        "“{subject}” cannot reach “{stop}” from its regular duty by minute {minute},"
        " only by minute {can}.",
    ),
    "regular-start-too-far": (
        "“{subject}”赶不到常规班的起点“{stop}”：最早 {can} 分，{minute} 分就开。",
        "“{subject}” cannot reach “{stop}”, where its regular duty starts, by minute"
        " {minute}, only by minute {can}.",
    ),
    "spared-metres-wrong": (
        "“{subject}”不跑专线也要空驶的里程写 {metres} 米，应为 {right} 米。",
        "“{subject}” is said to run {metres} metres empty without the line; it is"
        " {right}.",
    ),
    "empty-metres-wrong": (
        "“{subject}”空驶里程写 {metres} 米，应为 {right} 米。",
        "“{subject}” is said to run {metres} metres empty; it is {right}.",
    ),
    "no-road": (
        "“{subject}”：从“{here}”到“{there}”不通车。",
        "“{subject}”: no bus gets from “{here}” to “{there}”.",
    ),
    "too-many-stops": (
        "“{subject}”停 {many} 站，最多 {limit} 站。",
        "“{subject}” calls at {many} stops, {limit} are allowed.",
    ),
    "stop-twice": (
        "“{subject}”在同一站停了两次。",
        "“{subject}” calls at a stop twice.",
    ),
    "driven-too-fast": (
        "“{subject}”从“{here}”到“{there}”来不及：最早 {can} 分，计划 {minute} 分。",
        "“{subject}” cannot drive from “{here}” to “{there}” by minute {minute}, only by"
        " {can}.",
    ),
    "trip-metres-wrong": (
        "“{subject}”里程写 {metres} 米，应为 {right} 米。",
        "“{subject}” is said to be {metres} metres long; it is {right}.",
    ),
    "persons-aboard-wrong": (
        "“{subject}”离开“{stop}”时写 {told} 人，应为 {right} 人。",
        "“{subject}” is said to leave “{stop}” with {told} persons; they are {right}.",
    ),
    "baskets-aboard-wrong": (
        "“{subject}”离开“{stop}”时写 {told} 筐，应为 {right} 筐。",
        "“{subject}” is said to leave “{stop}” with {told} baskets; they are {right}.",
    ),
    "seats-exceeded": (
        "“{subject}”在“{stop}”后有 {many} 人，只能坐 {has} 人。",
        "“{subject}” has {many} persons after “{stop}” and room for {has}.",
    ),
    "baskets-exceeded": (
        "“{subject}”在“{stop}”后有 {many} 筐，只能放 {has} 筐。",
        "“{subject}” has {many} baskets after “{stop}” and room for {has}.",
    ),
    "floor-exceeded": (
        "“{subject}”在“{stop}”后占地板 {many} 平方分米，只有 {has}。",
        "“{subject}” uses {many} dm² of floor after “{stop}”; it has {has}.",
    ),
    "market-not-open": (
        "“{subject}”到得太早，市场 {opens} 分才开。",
        "“{subject}” comes before the market opens at minute {opens}.",
    ),
    "market-closed": (
        "“{subject}”到得太晚，市场 {closes} 分后不进车。",
        "“{subject}” comes after the market has closed at minute {closes}.",
    ),
    "market-not-open-home": (
        "“{subject}”回程发车太早，市场 {opens} 分才开。",
        "“{subject}” leaves for home before the market opens at minute {opens}.",
    ),
    "market-closed-home": (
        "“{subject}”回程发车太晚，市场 {closes} 分后不进出车。",
        "“{subject}” leaves for home after the market has closed at minute {closes}.",
    ),
    "market-too-near": (
        "“{subject}”在市场与常规车相隔不足 {hard} 分钟。",
        "“{subject}” is at the market less than {hard} minutes from a regular bus.",
    ),
    "call-for-nobody": (
        "“{subject}”在“{stop}”停车却没人上下。",
        "“{subject}” calls at “{stop}” for nobody.",
    ),
    "bus-too-long": (
        "“{subject}”开不进“{stop}”：车长 {length} 厘米，只容 {longest} 厘米。",
        "“{subject}” is too long for “{stop}”: {length} cm, it takes {longest}.",
    ),
    "call-too-short": (
        "“{subject}”在“{stop}”停 {stands} 分钟，上下人和筐要 {needs} 分钟。",
        "“{subject}” stands {stands} minutes at “{stop}”; getting on or off takes {needs}.",
    ),
    "stop-too-near": (
        "“{subject}”在“{stop}”（{minute} 分）与常规车相隔不足 {hard} 分钟。",
        "“{subject}” calls at “{stop}” (minute {minute}) less than {hard} minutes from a"
        " regular bus.",
    ),
    "wrong-stop": (
        "“{subject}”：需求“{request}”应在“{stop}”上车。",
        "“{subject}”: the request “{request}” gets on at “{stop}”.",
    ),
    "wrong-market": (
        "“{subject}”：需求“{request}”要去“{market}”。",
        "“{subject}”: the request “{request}” wants to go to “{market}”.",
    ),
    "wrong-direction": (
        "“{subject}”：需求“{request}”的方向不对（去市场和回村不能混在一班）。",
        "“{subject}”: the request “{request}” rides the wrong way (to market or home).",
    ),
    "wrong-stop-home": (
        "“{subject}”：需求“{request}”应在“{stop}”下车。",
        "“{subject}”: the request “{request}” gets off at “{stop}”.",
    ),
    "wrong-market-home": (
        "“{subject}”：需求“{request}”要从“{market}”回村。",
        "“{subject}”: the request “{request}” wants to ride home from “{market}”.",
    ),
    "leaves-market-too-early": (
        "“{subject}”：需求“{request}”最早 {earliest} 分离开市场。",
        "“{subject}”: the request “{request}” leaves the market from minute {earliest}"
        " on.",
    ),
    "leaves-market-too-late": (
        "“{subject}”：需求“{request}”最晚 {latest} 分离开市场。",
        "“{subject}”: the request “{request}” leaves the market by minute {latest}.",
    ),
    "arrives-too-early": (
        "“{subject}”：需求“{request}”最早 {earliest} 分到。",
        "“{subject}”: the request “{request}” arrives from minute {earliest} on.",
    ),
    "arrives-too-late": (
        "“{subject}”：需求“{request}”最晚 {latest} 分到。",
        "“{subject}”: the request “{request}” arrives by minute {latest}.",
    ),
    "ride-too-long": (
        "“{subject}”：需求“{request}”乘车 {ride} 分钟，最长 {limit} 分钟。",
        "“{subject}”: the request “{request}” rides {ride} minutes, the limit is"
        " {limit}.",
    ),
    "request-twice": (
        "需求“{subject}”被接了 {many} 次。",
        "The request “{subject}” is served {many} times.",
    ),
    "left-out-unknown": (
        "未接名单里的“{subject}”不是任何需求。",
        "“{subject}” is said to be left out but is no request.",
    ),
    "left-out-rides": (
        "“{subject}”有车坐，却列在未接名单里。",
        "“{subject}” rides, but is said to be left out.",
    ),
    "left-out-twice": (
        "“{subject}”在未接名单里出现 {many} 次。",
        "“{subject}” is said to be left out {many} times.",
    ),
    "request-lost": (
        "需求“{subject}”既没有车坐，也不在未接名单里。",
        "The request “{subject}” neither rides nor is said to be left out.",
    ),
    "served-money-wrong": (
        "服务价值写 {told}，应为 {right}（千分之一分）。",
        "The worth of those served is said to be {told}; it is {right} (thousandths of a"
        " fen).",
    ),
    "driven-money-wrong": (
        "里程成本写 {told}，应为 {right}（千分之一分）。",
        "The cost of driving is said to be {told}; it is {right} (thousandths of a"
        " fen).",
    ),
    "buses-money-wrong": (
        "出车成本写 {told}，应为 {right}（千分之一分）。",
        "The cost of buses is said to be {told}; it is {right} (thousandths of a fen).",
    ),
    "near-money-wrong": (
        "靠近常规车的代价写 {told}，应为 {right}（千分之一分）。",
        "The price of being near regular buses is said to be {told}; it is {right}"
        " (thousandths of a fen).",
    ),
    "bound-too-low": (
        "上界 {bound} 低于方案的价值 {value}。",
        "The bound {bound} is below the plan's value {value}.",
    ),
}
