import type { Words } from '../say';

/** The page around the workspaces, and what all of them are built of. */
export const app: Words = {
  'Drop a picture, a model, an exported figure or an analysis file': '拖放图像、模型、导出的图或分析文件',
  'Drop a folder, pictures, a zip archive, a study or a model': '拖放文件夹、图像、zip 压缩包、研究或模型',
  'Drop a folder or a zip archive of class folders, or a search':
    '拖放含类别文件夹的文件夹或 zip 压缩包，或搜索',
  'Print size …': '印刷尺寸 …',
  'Saliency of the selected layer': '所选层的显著图',
  'Saved.': '已保存。',
  'Cancelled.': '已取消。',
  'negative ': '取负的 ',
  'Number explained, mean over all places': '所解释的数值，所有位置的均值',
  'on an earlier visit': '上次访问时',
  'in another tab': '在另一个标签页中',
  'The training': '训练',
  'The pictures': '图像',
  'Paper{preset}': '论文{preset}',
  Native: '原生',
  'Keep ': '保留 ',
  'Use ': '使用 ',
  'A polished brass French horn, its coils and wide bell shining before a red stage curtain.':
    '一支擦亮的黄铜圆号，号管和宽大的喇叭口在红色幕布前闪光。',
  'A white golf ball in the grass, its dimples drawn by the low evening sun.':
    '草地上的一只白色高尔夫球，低斜的夕阳勾勒出表面的凹坑。',
  'A round parachute, striped red, white and blue, carries a jumper through a blue sky with white clouds.':
    '红白蓝条纹的圆形降落伞，载着跳伞者飘过蓝天白云。',
  'A stone church with a slate spire in the last sun, warm light in its pointed windows.':
    '夕阳余晖中的石砌教堂，石板尖顶，尖窗里透出暖光。',
  'An old red gas pump with chrome trim, a white globe and a black hose, on the island of a small station.':
    '小加油站里的一台红色老式加油机，镀铬饰边，白色圆顶灯，黑色软管。',
  'A silver portable cassette player with two loudspeakers, a cassette in its window, on a wooden table.':
    '木桌上的一台银色便携式盒式录音机，有两个扬声器，窗内可见磁带。',
  'A garbage truck with a white cab and a green body, parked on a street with brick houses and trees.':
    '停在街上的垃圾车，白色驾驶室，绿色车厢，旁边是砖房和树木。',
  'An orange chain saw with black handles on a freshly cut tree stump at the edge of a wood.':
    '林边新锯的树桩上放着一把橙色链锯，黑色把手。',
  'A tench, an olive and golden fish with a small orange eye, lying in wet grass beside a fishing rod.':
    '一条丁鱥，橄榄色带金色，橙色小眼，躺在湿草地上的钓竿旁。',
  'A drawn face of bold colours, with eyes, brows, nose and mouth, among other shapes.':
    '画出的一张色彩鲜明的脸，有眼、眉、鼻和嘴，周围有其他形状。',
  'A drawn house with wall, roof, door and windows, among other shapes.':
    '画出的一座房屋，有墙、屋顶、门和窗，周围有其他形状。',
  'A drawn car with body, cabin, windows and wheels, among other shapes.':
    '画出的一辆汽车，有车身、驾驶室、车窗和车轮，周围有其他形状。',
  'A drawn sailboat with hull, mast and sails, among other shapes.':
    '画出的一艘帆船，有船体、桅杆和帆，周围有其他形状。',
  'A drawn tree with trunk and crown, among other shapes.': '画出的一棵树，有树干和树冠，周围有其他形状。',
  'A drawn fish with body, tail, fins and eye, among other shapes.':
    '画出的一条鱼，有身体、尾、鳍和眼，周围有其他形状。',
  'A drawn clock with case, dial, marks and hands, among other shapes.':
    '画出的一座时钟，有外壳、表盘、刻度和指针，周围有其他形状。',
  'A drawn bicycle with wheels, spokes, frame and handlebar, among other shapes.':
    '画出的一辆自行车，有车轮、辐条、车架和车把，周围有其他形状。',
  'A drawn robot with head, body, panel, arms and legs, among other shapes.':
    '画出的一个机器人，有头、身体、面板、手臂和腿，周围有其他形状。',
  'A drawn flower with petals, centre, stem and leaves, among other shapes.':
    '画出的一朵花，有花瓣、花心、茎和叶，周围有其他形状。',
  '{title} could not be exported: {reason}.': '无法导出{title}：{reason}。',
  Supersign: 'Supersign',
  Explain: '解释',
  Study: '研究',
  Optimise: '优化',
  Workspaces: '工作区',
  Menu: '菜单',
  Tour: '导览',
  'About the method': '方法说明',
  'Open image': '打开图像',
  'Open model': '打开模型',
  'Export analysis': '导出分析',
  'Dark colours': '深色',
  'Light colours': '浅色',
  Close: '关闭',
  'Close message': '关闭消息',
  'The page could not be drawn': '页面无法显示',
  'Load the page again': '重新加载页面',
  'The page could not be put into another language: {reason}.': '无法切换页面语言：{reason}。',
  'This part of the page could not be loaded.': '页面的这一部分无法加载。',
  'a part of the page could not be loaded': '页面的一部分无法加载',
  'Keras (.keras, .h5, .hdf5), ONNX (.onnx, from PyTorch and others), a TensorFlow.js LayersModel (model.json and its weight files together), or either in a .zip; a list of classes may lie beside':
    'Keras（.keras、.h5、.hdf5）、ONNX（.onnx，来自 PyTorch 等）、TensorFlow.js LayersModel（model.json 连同其权重文件），或包含其中任一种的 .zip；旁边可附类别列表',
  '{seconds} s': '{seconds} 秒',
  '{minutes} min {seconds} s': '{minutes} 分 {seconds} 秒',
  '{hours} h {minutes} min': '{hours} 小时 {minutes} 分',
  Export: '导出',
  'Export {title}': '导出{title}',
  Figures: '图',
  'Figure sheet': '图版',
  Page: '页面',
  Preview: '预览',
  'Print size': '印刷尺寸',
  'Figures are arranged so that they are as large as the page allows. Files are drawn on white paper.':
    '各图按页面允许的最大尺寸排列。文件使用白色底。',
  'For a column or a slide figures are laid out one by one, with letters of a size you choose.':
    '用于单栏或幻灯片时，各图逐一排版，字号由你选择。',
  'Choose at least one figure.': '请至少选择一幅图。',
  Persistence: '持续度',
  'Cut-off': '截断值',
  'Least height of a sign’s peak above its saddle, as a share of the map’s maximum (tau)':
    '符号的峰高出其鞍点的最小高度，以图的最大值的比例计（tau）',
  'What is lower than this share of the map’s maximum belongs to no sign (theta)':
    '低于图的最大值的这一比例的部分不属于任何符号（theta）',
  'Allowed: {allowed}.': '允许：{allowed}。',
  '# layer': '# 层',
  '# sign': '# 个符号',
  '# supersign': '# 个超符号',
  '# class': '# 个类别',
  '# picture': '# 张图像',
  '# image': '# 张图像',
  '# step': '# 步',
  '# level': '# 个灰度级',
  '# file': '# 个文件',
  '# network': '# 个网络',
  '# parameter': '# 个参数',
  '# seed': '# 个种子',
  '# map': '# 幅图',
  '# part': '# 个部分',
  '# place': '# 处',
  Done: '完成',
  Settings: '设置',
  Columns: '列',
  'as room allows': '视空间而定',
  'one a layer': '每层一列',
  'pairs as one': '成对合并',
  'blocks as one': '按块合并',
  'Fold into one column': '折叠为一列',
  'Fold {first} to {last} into one column': '将 {first} 至 {last} 折叠为一列',
  ', of {n} layers in one column': '，一列含 {n} 层',
  'Pairs: a convolution with its normalisation and activation, or a depthwise with its pointwise one. Blocks: all between a fork and where it joins again. A click on a column opens it.':
    '成对：卷积与其归一化和激活，或深度卷积与其逐点卷积。块：从分叉到重新汇合之间的全部层。点击一列即可展开。',
  'Drag over it, or click two opposite corners': '在图上拖动，或点击两个对角',
};
