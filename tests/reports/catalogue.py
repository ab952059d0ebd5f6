"""A small catalogue such as the apps' measures give, for forms laid out in tests."""

NUMBERS = [
    # code, name, unit
    ("operating_income", "经营收入", "分"),
    ("investment_income", "投资收益", "分"),
    ("subsidy_income", "补助收入", "分"),
    ("collective_income", "村集体经营性收入", "分"),
    ("collective_total", "集体年收入", "分"),
    ("output_value", "综合产值", "分"),
    ("talents", "“四乡”人才", "名"),
    ("branches", "党支部", "个"),
    ("secretaries_professional", "支书由业务骨干担任比例", "%"),
    ("secretaries_trained", "支书外出培训", "人次"),
    ("secretaries_promoted", "提拔支书", "名"),
    ("members_admitted", "发展党员", "名"),
    ("vanguard_posts", "党员先锋岗", "个"),
    ("demonstration_posts", "党员示范岗", "个"),
    ("decisions_joined", "参与重大问题决策", "次"),
    ("suggestions_made", "支部意见建议", "条"),
    ("new_technologies", "新技术", "项"),
    ("grants", "科研立项", "项"),
    ("cases_received", "受理诉求", "件"),
    ("cases_closed", "办结诉求", "件"),
    ("cases_overdue", "超期诉求", "件"),
    ("response_rate", "响应率", "%"),
    ("resolution_rate", "解决率", "%"),
    ("satisfaction_rate", "满意率", "%"),
    ("visits", "窗口接待", "人次"),
    ("first_visit_rate", "一次办结率", "%"),
]

# The same, as the product's own catalogue calls it. What is not in it is not on record
# in a plain installation: incomes, output, the number of branches, cases closed.
PRODUCT = {
    "talents": "talents",
    "secretaries_professional": "secretaries_professional",
    "secretaries_trained": "training_secretaries_outside",
    "secretaries_promoted": "members_promoted",
    "members_admitted": "members_admitted",
    "vanguard_posts": "vanguard_posts",
    "demonstration_posts": "demonstration_posts",
    "decisions_joined": "decisions_joined",
    "suggestions_made": "suggestions_made",
    "new_technologies": "technologies",
    "grants": "grants",
    "cases_received": "cases",
    "cases_overdue": "cases_overdue",
    "response_rate": "response_rate",
    "resolution_rate": "resolution_rate",
    "satisfaction_rate": "satisfaction_rate",
    "visits": "service_visits",
    "first_visit_rate": "service_first_time_share",
}
