import type { Words } from '../say';

/** What a study finds, what its figures show, and the names of its numbers. */
export const findings: Words = {
  '# exact duplicate': '# 张完全相同的图像',
  '# label': '# 个类别',
  '# number': '# 个数值',
  '# pair': '# 对组合',
  '# draw': '# 次抽样',
  '# mask': '# 个掩膜',
  ', ': '，',
  ',': '，',
  '; ': '；',
  '{list}, {next}': '{list}、{next}',
  '{failed} and {last}': '{failed}，且{last}',
  '{name} ({kind})': '{name}（{kind}）',
  '{sentence}.': '{sentence}。',
  'input grid {width} × {height}': '输入网格 {width} × {height}',
  'native grids': '各层原生网格',
  '{name} with randomised weights': '随机化权重的 {name}',
  '{method} by {network}': '{network} 的 {method}',
  'what speaks against {what}': '反对 {what} 的证据',
  '{what} and no other': '{what}而非其他类别',
  '{what} and none of those most like it': '{what}而非与之最相似的类别',
  'the number explained, its mean over all places,': '所解释的数值（所有位置的均值）',
  'the number explained': '所解释的数值',
  '{method} for {explained} of {images}, by {network}.':
    '{network} 的 {method}，解释 {images}的{explained}。',
  '{method} for {explained} of {images}, {duplicates} left out, by {network}.':
    '{network} 的 {method}，解释 {images}的{explained}，排除 {duplicates}。',
  '{value} of {images} (drawn by seed {seed})': '{images}中的 {value} 张（以种子 {seed} 抽取）',
  ', pictures scaled {scaling}, a guess': '（图像缩放方式：{scaling}，属猜测）',
  ', pictures scaled {scaling}, as chosen': '（图像缩放方式：{scaling}，按所选）',
  'Bands: 95 % of 2,000 resamples of the images. Null: the same maps with shuffled pixels, {shuffles} each.':
    '区间：对图像重抽样 2,000 次的 95 %。零模型：同样的图打乱像素，每幅 {shuffles} 次。',
  trained: '训练的',
  randomised: '随机化的',
  'the score of the surest box': '最确定的框的得分',
  'the place of the surest box': '最确定的框的位置',
  'score and place of the surest box': '最确定的框的得分与位置',
  'the left edge of the surest box': '最确定的框的左边',
  'the upper edge of the surest box': '最确定的框的上边',
  'the right edge of the surest box': '最确定的框的右边',
  'the lower edge of the surest box': '最确定的框的下边',
  'no box': '无框',
  'against nothing': '无对照',
  'against all others': '对照所有其他类别',
  'against those most like it': '对照与之最相似的类别',
  'what speaks against it': '反对它的证据',
  'seed {seed}': '种子 {seed}',
  'without duplicates': '不含重复图像',
  'with duplicates': '含重复图像',
  'weights {sha256}': '权重 {sha256}',
  'tau {tau}, theta {theta}': 'tau {tau}，theta {theta}',
  first: '第一项',
  second: '第二项',
  'Wrong answers cannot be compared with right ones in {name}: no layer has it for both.':
    '无法就{name}比较错误与正确回答：没有一层两者都有该数值。',
  'Wrong answers do not differ in {name} from right ones beyond chance, {where}.':
    '错误与正确回答的{name}{where}都没有超出偶然的差异。',
  '{nearest} {counts}. {noProof}': '{nearest}{counts}。{noProof}',
  '{numbers} {counts}.': '{numbers}{counts}。',
  'Wrong answers have higher {name} than right ones at {claimed} of {layers}; most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，错误回答的{name}高于正确回答；{layer} 差异最大，{effect}。',
  'Wrong answers have lower {name} than right ones at {claimed} of {layers}; most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，错误回答的{name}低于正确回答；{layer} 差异最大，{effect}。',
  'Wrong answers differ in {name} from right ones at {claimed} of {layers} (higher at {above}, lower at {below}); most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，错误与正确回答的{name}不同（{above} 层较高，{below} 层较低）；{layer} 差异最大，{effect}。',
  'The same {images}.': '同一组 {images}。',
  '{name} cannot be compared between {first} and {second}: no layer has it in both.':
    '无法比较{first}与{second}的{name}：没有一层两者都有该数值。',
  '{name} does not differ between {first} and {second} beyond chance, {where}.':
    '{first}与{second}的{name}{where}都没有超出偶然的差异。',
  '{nearest} {same} {noProof}': '{nearest}{same}{noProof}',
  '{numbers} {same}': '{numbers}{same}',
  '{name} is higher in {first} than in {second} at {claimed} of {layers}; most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，{first}的{name}高于{second}；{layer} 差异最大，{effect}。',
  '{name} is lower in {first} than in {second} at {claimed} of {layers}; most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，{first}的{name}低于{second}；{layer} 差异最大，{effect}。',
  '{name} differs between {first} and {second} at {claimed} of {layers} (higher in {first} at {above}, lower at {below}); most at {layer}, {effect}.':
    '在 {layers}中的 {claimed} 层，{first}与{second}的{name}不同（{first}在 {above} 层较高，在 {below} 层较低）；{layer} 差异最大，{effect}。',
  'That no difference was found does not prove that there is none.': '未发现差异并不证明没有差异。',
  'at the only layer': '在唯一的一层',
  'at any of {layers} layers': '在 {layers} 层中的任何一层',
  'its band does not leave zero out': '其区间包含零',
  'Nearest to it at {layer}: {band}, p {p}, corrected: {failed}.':
    '最接近的是 {layer}：{band}，p {p}（已校正）：{failed}。',
  'without an effect size, for too few images vary there': '没有效应量，因为那里有变化的图像太少',
  'by {letter} = {effect}, a {size} effect': '{letter} = {effect}，属{size}效应',
  negligible: '可忽略',
  small: '小',
  medium: '中等',
  large: '大',
  '{layer}: {band}, p {p}, corrected.': '{layer}：{band}，p {p}（已校正）。',
  '{mean} (95 % {low} to {high})': '{mean}（95 % 区间 {low} 至 {high}）',
  '{mean} bits': '{mean} 比特',
  'p is not below .05': 'p 不低于 .05',
  ' {images} could not be read.': '{images}无法读取。',
  'The network’s output is {output}: it names no classes, so there is no accuracy.':
    '网络的输出是{output}：它不给出类别，因此没有准确率。',
  'The classes of the images are not among the network’s {labels}, so there is no accuracy.':
    '图像的类别不在网络的 {labels}之中，因此没有准确率。',
  '{right} of {judged}, 95 % interval {low} to {high}.':
    '{judged} 张中 {right} 张，95 % 区间 {low} 至 {high}。',
  ' Of {images} the class is not known.': '{images}的类别未知。',
  'The network names {share} of {images} right.': '网络正确识别了 {images}中的 {share}。',
  'With {images} nothing about the layers can be told from chance.':
    '只有 {images}，关于各层的任何结果都无法与偶然区分。',
  'Even if all of them agreed at all of {layers}, the least p possible would be {p}, corrected. Take at least {needed}.':
    '即使所有图像在全部 {layers}上都一致，可能的最小 p（已校正）也是{p}。请至少使用 {needed} 张。',
  'below {p}': '低于 {p}',
  '{wrong} wrong against {right} right': '错误 {wrong} 张，正确 {right} 张',
  'Right and wrong answers cannot be compared: there are too few of both.':
    '无法比较正确与错误回答：两者都太少。',
  'Right and wrong answers cannot be compared: there are too few of one of them.':
    '无法比较正确与错误回答：其中一方太少。',
  '{name} was measured at no layer.': '{name}未在任何一层测得。',
  'No image has it with its null.': '没有图像同时具有该数值及其零模型。',
  '{name} lies below its null at none of {layers}.': '{name}在 {layers}中都不低于其零模型。',
  'Nearest to it at {layer}: {band}, p {p}, corrected: {failed}. {images}.':
    '最接近的是 {layer}：{band}，p {p}（已校正）：{failed}。{images}。',
  '{name} lies below its null at {below} of {layers}: there the maps are more ordered than their own values shuffled.':
    '{name}在 {layers}中的 {below} 层低于其零模型：那里的图比打乱自身数值后更有序。',
  'Furthest below at {layer}: {band}, p {p}, corrected. {images}.':
    '低得最多的是 {layer}：{band}，p {p}（已校正）。{images}。',
  '{name} falls beyond its null': '{name}的下降超过其零模型',
  'Superization happens, the joint aura entropy falling beyond its null,':
    '超符号化发生，即联合 aura 熵的下降超过其零模型',
  'The joint aura entropy': '联合 aura 熵',
  '{entropy} was measured on no step from a layer to the next.': '{entropy}未在任何相邻两层之间测得。',
  'No image has it at two layers that follow each other.': '没有图像在相邻两层都有该数值。',
  '{happens} in none of {steps}.': '{happens}：在 {steps}中均未出现。',
  '{happens} in {claimed} of {steps}; the largest fall beyond it is {step}, in {share} of images.':
    '{happens}：在 {steps}中出现 {claimed} 步；超出最多的是 {step}，见于 {share} 的图像。',
  '{step}: {change}, null {null}; beyond the null {beyond}, p {p}, corrected. All: {all}. {images}.':
    '{step}：{change}，零模型 {null}；超出零模型 {beyond}，p {p}（已校正）。全部：{all}。{images}。',
  '{step}: {change}, null {null}; beyond the null {beyond}, p {p}, corrected. {images}.':
    '{step}：{change}，零模型 {null}；超出零模型 {beyond}，p {p}（已校正）。{images}。',
  '{counts} Its mean falls in none of them.': '{counts}其均值在任何一步都没有下降。',
  '{counts} Nearest to it: {step}, {band} beyond the null, p {p}, corrected: {failed}. {images}.':
    '{counts}最接近的是 {step}：超出零模型 {band}，p {p}（已校正）：{failed}。{images}。',
  'Neither that {lowerEntropy} falls nor that it falls by more than its null can be told from chance in any of them.':
    '在任何一步，无论是{lowerEntropy}下降，还是降幅超过其零模型，都无法与偶然区分。',
  '{entropy} falls in {falling} of them, but that it falls by more than its null cannot be told from chance in any.':
    '{entropy}在其中 {falling} 步下降，但在任何一步，降幅超过零模型都无法与偶然区分。',
  'It comes out lower than its null would in {beyond} of them, but that it falls at all cannot be told from chance in any.':
    '在其中 {beyond} 步，它比其零模型应有的更低，但在任何一步，其下降本身都无法与偶然区分。',
  '{entropy} falls in {falling} of them, and it comes out lower than its null would in {beyond} of them, but it does not do both in any.':
    '{entropy}在其中 {falling} 步下降，在其中 {beyond} 步比其零模型应有的更低，但没有一步同时满足两者。',
  'the band of its own change, {band}, does not lie below zero': '其自身变化的区间 {band}并不全在零以下',
  'the band beyond the null does not lie below zero': '超出零模型的区间并不全在零以下',
  'the band does not lie below zero': '区间并不全在零以下',
  '{from} to {to}': '{from} 到 {to}',
  'A fall beyond the null says that the maps of a layer are more ordered than their own values, shuffled, would be, compared with the layer before. It does not say that the order is what the decision rests on, nor that another method or network would show it. A step counts as a fall beyond the null where the band of its change lies below zero, the band of what goes beyond the null does too, and p is below .05. Every test is corrected for the number of layers it is made at (Holm); bands hold 95 % of 2,000 resamples of the images.':
    '超过零模型的下降说明：与前一层相比，该层的图比打乱自身数值后更有序。它并不说明这种秩序就是决策的依据，也不说明换一种方法或网络也会如此。当变化的区间全在零以下、超出零模型部分的区间也全在零以下、且 p 低于 .05 时，该步才算作超过零模型的下降。每项检验都按所涉层数校正（Holm）；区间为对图像重抽样 2,000 次的 95 %。',
  '{name}, bits': '{name}，比特',
  '{entropy} of {method} at {layer}': '{layer} 上 {method} 的{entropy}',
  'd {effect}, {low} to {high}': 'd {effect}，{low} 至 {high}',
  'No pair can be compared: there are fewer than three images, or no map is left where weights are randomised.':
    '没有可比较的配对：图像少于三张，或权重随机化后没有留下任何图。',
  'None of {pairs} of method, measure and layer tells the trained network from its randomised twins beyond chance in each of {draws} of weights.':
    '在方法、度量与层的 {pairs}中，没有一对能在 {draws}权重中每次都超出偶然地区分训练好的网络与其随机化副本。',
  '{value} of {pairs} of method, measure and layer tells the trained network from its randomised twins beyond chance in each of {draws} of weights; in {falls} of them its entropy is the lower one.':
    '在方法、度量与层的 {pairs}中，有 {value} 对能在 {draws}权重中每次都超出偶然地区分训练好的网络与其随机化副本；其中 {falls} 对里训练好的网络熵较低。',
  '{value} of {pairs} of method, measure and layer tell the trained network from its randomised twins beyond chance in each of {draws} of weights; in {falls} of them its entropy is the lower one.':
    '在方法、度量与层的 {pairs}中，有 {value} 对能在 {draws}权重中每次都超出偶然地区分训练好的网络与其随机化副本；其中 {falls} 对里训练好的网络熵较低。',
  ' The surest is {pair}, lower with trained weights ({effect}).':
    '最可靠的是 {pair}，训练好的权重下较低（{effect}）。',
  ' The surest is {pair}, higher with trained weights ({effect}).':
    '最可靠的是 {pair}，训练好的权重下较高（{effect}）。',
  'What tells trained from randomised weights': '什么能区分训练的与随机化的权重',
  'Cohen’s d of the paired differences, trained less randomised, mean over the draws; p of the draw that differs least, by sign flips of whole images, corrected for all pairs, layers and draws (Westfall and Young). Large squares: p below .05.':
    '配对差值（训练的减随机化的）的 Cohen d，取各次抽样的均值；p 取差异最小的一次抽样，以整张图像的符号翻转检验，并对所有配对、层和抽样作校正（Westfall 和 Young）。大方块：p 低于 .05。',
  '{network}, {explained} of {images} of {all}.': '{network}，{all} 张中 {images}的{explained}。',
  'Change by step': '逐步变化',
  '{studied} Change of the joint aura entropy ({quantised}), split into class formation (marginal) and complex formation (conditional). Below, the share of the images in which it falls by more than that of its shuffled map, with Wilson’s 95 % interval; marked where fall and fall beyond the null lie below zero with their bands and p of sign flips, corrected for all steps (Holm), is below .05. {bands}':
    '{studied}联合 aura 熵（{quantised}）的变化，分为类形成（边缘）与复合形成（条件）。下方为降幅超过打乱的图的图像比例，附 Wilson 95 % 区间；当下降与超过零模型的下降其区间都在零以下，且符号翻转的 p（对所有步校正，Holm）低于 .05 时加标记。{bands}',
  'Distribution of {name}': '{name}的分布',
  '{studied} Density of the images’ values (Gaussian kernel, Silverman’s width), their median and quartiles; the line holds 90 % of them.':
    '{studied}图像数值的密度（高斯核，Silverman 带宽）、中位数与四分位数；线段包含其中的 90 %。',
  '{first} against {second}': '{first} 与 {second} 对比',
  '{name}: {difference}': '{name}：{difference}',
  'The two networks have different layers: to each layer of {first} stands the one of {second} nearest in relative depth.':
    '两个网络的层不同：{first}的每一层对应{second}中相对深度最接近的层。',
  'Effect size: Cohen’s d of the paired differences; p: sign flips of whole images':
    '效应量：配对差值的 Cohen d；p：整张图像的符号翻转',
  'Effect size: Hedges’ g; p: regroupings of the images': '效应量：Hedges g；p：图像的重新分组',
  '{made} {match} Bands: 95 % of 2,000 resamples of the images. {test}, corrected for all layers (Holm). Filled: the band leaves zero out and p is below .05.':
    '{made}{match}区间：对图像重抽样 2,000 次的 95 %。{test}，对所有层校正（Holm）。实心：区间不含零且 p 低于 .05。',
  '{first} against {second} for {explained} on the same {images}.':
    '{first}与{second}的对比，在同一组 {images}上解释{explained}。',
  '{name} by layer': '各层的{name}',
  '{quantised}. {bands}': '{quantised}。{bands}',
  '{name} by layer, {grouping}': '各层的{name}，{grouping}',
  '{name} by layer, by {grouping}': '各层的{name}，按{grouping}',
  '{number} at {layer}': '{layer} 的{number}',
  'no correlation: one of the two is constant': '无相关：其中一个数值恒定',
  '{y} against {x}': '{y}与{x}对比',
  '{studied} A point is an image.': '{studied}一个点是一张图像。',
  'The same for groups of the images.': '各组图像的同样曲线。',
  'Mean change of the joint aura entropy, in two parts beside their null, and the share of the images in which it falls by more.':
    '联合 aura 熵的平均变化，分为两部分并与其零模型并列，以及降幅更大的图像比例。',
  'Density, quartiles, and where 90 % of the images lie.': '密度、四分位数，以及 90 % 的图像所在的范围。',
  'A point is an image.': '一个点是一张图像。',
  'Means, differences with their bands, effect sizes and p, corrected for all layers.':
    '均值、差值及其区间、效应量和 p，对所有层校正。',
  'Entropy: {quantised}. Signs: tau {tau}, theta {theta}. Made with Supersign.':
    '熵：{quantised}。符号：tau {tau}，theta {theta}。由 Supersign 制作。',
  Structure: '结构',
  Supersigns: '超符号',
  'Share of the largest sign': '最大符号的比例',
  'Class formation': '类形成',
  'Complex formation': '复合形成',
  'Number explained': '所解释的数值',
  'mean over all places': '所有位置的均值',
  'Probability of the predicted class': '预测类别的概率',
  'Probability of the true class': '真实类别的概率',
  'Shannon entropy': 'Shannon 熵',
  'Aura joint entropy': 'aura 联合熵',
  'Marginal entropy': '边缘熵',
  'Conditional entropy': '条件熵',
  'Mutual information': '互信息',
  'Relative conditional entropy': '相对条件熵',
  'Aura matrix (AME)': 'aura 矩阵熵（AME）',
  'Co-occurrence matrix (GLCM)': '共生矩阵熵（GLCM）',
  Leibovici: 'Leibovici 熵',
  Altieri: 'Altieri 熵',
  Batty: 'Batty 熵',
  'Karlström and Ceccato': 'Karlström–Ceccato 熵',
  Delentropy: 'Delentropy',
  'Image spatial entropy (ISE)': '图像空间熵（ISE）',
  'Mass (complexity)': '质量熵（复杂度）',
  'How evenly the levels are used, wherever they lie.': '各灰度级使用得有多均匀，不论位置。',
  'How much there is to know about a pair of neighbouring pixels.': '一对相邻像素包含多少信息。',
  'How many distinctions the map makes, each level weighted by its neighbours.':
    '图作出多少区分，每个灰度级按其邻居加权。',
  'What remains unknown about a pixel once its neighbour is known.': '已知邻居后，像素还有多少未知。',
  'What a pixel tells about its neighbour.': '一个像素透露多少关于其邻居的信息。',
  'Entropy of the grey-level co-occurrence matrix, mean over four angles at distance 1.':
    '灰度共生矩阵的熵，距离为 1，取四个角度的均值。',
  'Entropy of the pairs of levels that lie no further apart than a given distance.':
    '相距不超过给定距离的灰度级配对的熵。',
  'Entropy of all pairs of levels, split into what their distance tells and what it leaves open.':
    '所有灰度级配对的熵，分为距离所说明的部分与其余部分。',
  'How evenly the mass is spread over the area, cell by cell of a partition.':
    '质量在区域上分布得有多均匀，按划分的单元逐一计算。',
  'How evenly the mass is spread over a partition, each cell seen together with its neighbours.':
    '质量在划分上分布得有多均匀，每个单元与其邻居一并考虑。',
  'Entropy of the gradient: how unlike the local steps of the map are.': '梯度的熵：图的局部变化有多不同。',
  'Entropy per pixel of a Markov field with the pair statistics of the map.':
    '具有该图配对统计量的 Markov 场的每像素熵。',
  'How many pixels share the evidence, wherever they lie.': '多少像素分担证据，不论位置。',
  'Energy, lower': '能量，较低',
  'Softmax maximum, lower': 'Softmax 最大值，较低',
  'Softmax entropy': 'Softmax 熵',
  'Entropy at {layer}': '{layer} 的熵',
  'Structure at {layer}, lower': '{layer} 的结构，较低',
  'Entropies of all layers, regression': '所有层的熵，回归',
};
