"""The sentences of what is found in registers and areas."""

from django.utils.translation import gettext_lazy as _

from wugeyi.imports.messages import READING, Sentence

REGISTER: dict[str, Sentence] = {
    "no_code": Sentence(
        _("“%(value)s”没有代码。"), _("请补上代码：重名很多，只有代码能认准。")
    ),
    "no_name": Sentence(_("代码 %(value)s 没有名称。"), _("请补上名称。")),
    "bad_code": Sentence(
        _("代码“%(value)s”不合规。"), _("代码只用数字、字母和连字符，最多 32 位。")
    ),
    "long_name": Sentence(_("名称太长：“%(value)s”。"), _("最多 %(other)s 个字。")),
    "unknown_kind": Sentence(
        _("“%(other)s”的类型“%(value)s”认不出来。"),
        _("请用：省级、地级、县级、街道、乡镇、社区、村、网格、功能区、部门、中心等。"),
    ),
    "no_kind": Sentence(
        _("“%(other)s”没有写类型，从代码 %(value)s 也看不出来。"),
        _("请加“类型”一列，或改用 2、4、6、9、12 位的统计用区划代码。"),
    ),
    "repeated_row": Sentence(
        _("代码 %(value)s 这一行与第 %(other_line)s 行完全相同，只算一次。")
    ),
    "duplicate_code": Sentence(
        _("代码 %(value)s 在第 %(other_line)s 行已经用过，这里是“%(other)s”。"),
        _("一个代码只能是一个单位，请核对。"),
    ),
    "orphan": Sentence(
        _("代码 %(value)s 的上级（%(other)s）不在文件里，名册里也没有。"),
        _("请补上上级那一行，或者改正上级代码。"),
    ),
    "circle": Sentence(
        _("代码 %(value)s 与上级 %(other)s 互为上下级。"), _("请改正上级代码。")
    ),
    "below_left_out": Sentence(
        _("代码 %(value)s 的上级 %(other)s 那一行有错，这一行也进不来。"),
        _("改好上级那一行就可以了。"),
    ),
    "outside": Sentence(
        _("代码 %(value)s（%(other)s）不在您管理的范围里。"),
        _("请删去这一行，或请上级管理员导入。"),
    ),
    "code_mismatch": Sentence(
        _("代码 %(value)s 与上级代码 %(other)s 的开头对不上。"),
        _("若由功能区代管，请按原代码的上级导入，再在另一套视图里安排。"),
    ),
    "same_name": Sentence(
        _("同一上级下已有同名的单位：%(value)s 与 %(other)s。"),
        _("确实是两个单位就不用改；若是一个单位，请只留一个代码。"),
    ),
    "rename": Sentence(_("“%(value)s”改名为“%(other)s”，原名会保留。")),
    "moved": Sentence(
        _("%(value)s 移到 %(other)s 之下。"),
        _("下面的单位一起移动，原来的位置会保留。"),
    ),
    "kind_changed": Sentence(_("“%(value)s”的类型改为 %(other)s。")),
    "merger": Sentence(
        _("%(value)s 并入 %(other)s。"),
        _("下面的单位和以后的事项都归新单位，历史保留。"),
    ),
    "no_successor": Sentence(
        _("%(value)s 要并入的 %(other)s 不在文件里，名册里也没有。"),
        _("请补上那一行，或者改正代码。"),
    ),
    "abolished_code": Sentence(
        _("代码 %(value)s 早已停用（“%(other)s”）。"),
        _("停用的代码不再使用，请换一个。"),
    ),
    "recoded": Sentence(
        _("%(value)s 不在新名册里，同一上级下有同名的新代码 %(other)s：视为换了代码。"),
        _("旧代码停用，历史连到新代码。"),
    ),
    "gone": Sentence(
        _("%(value)s“%(other)s”不在完整名册里，将停用。"),
        _("若是并入别的单位，请加“并入代码”一列。"),
    ),
    "gone_not_judged": Sentence(
        _("文件里有错误，所以没有判断哪些单位已撤销。"), _("改好错误后重新上传。")
    ),
}
AREAS: dict[str, Sentence] = {
    "not_geojson": Sentence(
        _("这不是 GeoJSON 文件。"), _("请上传 .geojson，里面是一个 FeatureCollection。")
    ),
    "no_area_code": Sentence(
        _("第 %(value)s 个图形没有代码。"), _("请在属性里写 code（或 gb）。")
    ),
    "area_unknown": Sentence(
        _("名册里没有代码 %(value)s。"), _("请先导入名册，或者改正代码。")
    ),
    "area_outside": Sentence(
        _("“%(value)s”不在您管理的范围里。"), _("请删去它，或请上级管理员导入。")
    ),
    "area_twice": Sentence(
        _("代码 %(value)s 有两个图形。"), _("请合成一个 MultiPolygon。")
    ),
    "not_a_polygon": Sentence(
        _("“%(value)s”的图形不是面。"), _("只收 Polygon 和 MultiPolygon。")
    ),
    "broken_geometry": Sentence(
        _("“%(value)s”的坐标读不出来。"), _("请检查每个点是不是“经度，纬度”两个数。")
    ),
    "out_of_degrees": Sentence(
        _("“%(value)s”的坐标超出经纬度范围。"),
        _("坐标要用经纬度（度），不能用米。"),
    ),
    "no_surface": Sentence(
        _("“%(value)s”的图形没有面积。"), _("请检查图形是不是只有一条线。")
    ),
    "swapped": Sentence(
        _("“%(value)s”的经度和纬度像是写反了。"), _("GeoJSON 要先写经度，再写纬度。")
    ),
    "rings_repaired": Sentence(_("“%(value)s”的边线自己相交，已经修好。")),
    "looks_gcj02": Sentence(
        _("“%(value)s”与上级的边界整体错开约 %(other)s 米，像是 GCJ-02 坐标。"),
        _("若是从国内网络地图导出的，请选 GCJ-02 再导入。"),
    ),
    "outside_parent": Sentence(
        _("“%(value)s”有 %(other)s%% 在上级“边界”之外。"), _("请核对图形或代码。")
    ),
    "datum_unknown": Sentence(
        _("文件写的坐标系“%(value)s”不认识。"), _("只收 WGS-84(CGCS2000)和 GCJ-02。")
    ),
    "from_gcj02": Sentence(_("文件说坐标是 GCJ-02，已换算成 WGS-84。")),
    "area_replaced": Sentence(_("“%(value)s”已有图形，将被替换。")),
}
SENTENCES: dict[str, Sentence] = READING | REGISTER | AREAS
