/** Name space of DMN 1.3. */
export const SPACE = 'https://www.omg.org/spec/DMN/20191111/MODEL/'

/** A model around its elements. */
export function definitions(body: string, space = SPACE, namespace = 'urn:library'): string {
  return `<?xml version="1.0"?><definitions xmlns="${space}" xmlns:own="${namespace}" name="library" namespace="${namespace}" id="m">${body}</definitions>`
}

/** A fictional library's model with every element that we read. */
export const LIBRARY: string = definitions(`
  <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"CHILD", "ADULT"</text></allowedValues></itemDefinition>
  <itemDefinition name="tReader"><itemComponent name="grade" typeRef="own:tGrade"/><itemComponent name="books" isCollection="true" typeRef="number"/></itemDefinition>
  <inputData id="i1" name="reader"><variable name="reader" typeRef="tReader"/></inputData>
  <inputData id="i2" name="days late"><variable name="days late" typeRef="number"/></inputData>
  <businessKnowledgeModel id="k1" name="capped">
    <variable name="capped"/>
    <encapsulatedLogic>
      <formalParameter name="amount" typeRef="number"/><formalParameter name="cap" typeRef="number"/>
      <conditional><if><literalExpression><text>amount &gt; cap</text></literalExpression></if>
        <then><literalExpression><text>cap</text></literalExpression></then>
        <else><literalExpression><text><![CDATA[amount]]></text></literalExpression></else></conditional>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="d1" name="day rate">
    <variable name="day rate" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="PRIORITY">
      <input><inputExpression><text>reader.grade</text></inputExpression></input>
      <output name="rate"><outputValues><text>0, 0.5</text></outputValues></output>
      <rule><inputEntry><text>"ADULT"</text></inputEntry><outputEntry><text>0.5</text></outputEntry></rule>
      <rule><inputEntry><text>"CHILD"</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text></text></inputEntry><outputEntry><text>0.5</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="fee">
    <variable name="fee" typeRef="number"/>
    <informationRequirement><requiredDecision href="urn:library#d1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#k1"/></knowledgeRequirement>
    <context>
      <contextEntry><variable name="raw"/><literalExpression><text>day rate * days late</text></literalExpression></contextEntry>
      <contextEntry><invocation><literalExpression><text>capped</text></literalExpression>
        <binding><parameter name="amount"/><literalExpression><text>raw</text></literalExpression></binding>
        <binding><parameter name="cap"/><literalExpression><text>3</text></literalExpression></binding></invocation></contextEntry>
    </context>
  </decision>
  <decision id="d3" name="boxes">
    <variable name="boxes"/>
    <context>
      <contextEntry><variable name="list"/><list><literalExpression><text>1</text></literalExpression></list></contextEntry>
      <contextEntry><variable name="relation"/><relation><column name="a"/><row><literalExpression><text>2</text></literalExpression></row></relation></contextEntry>
      <contextEntry><variable name="for"/><for iteratorVariable="i"><in><literalExpression><text>1..2</text></literalExpression></in><return><literalExpression><text>i * 2</text></literalExpression></return></for></contextEntry>
      <contextEntry><variable name="filter"/><filter><in><literalExpression><text>[1, 2]</text></literalExpression></in><match><literalExpression><text>item &gt; 1</text></literalExpression></match></filter></contextEntry>
      <contextEntry><variable name="some"/><some iteratorVariable="i"><in><literalExpression><text>[1]</text></literalExpression></in><satisfies><literalExpression><text>i = 1</text></literalExpression></satisfies></some></contextEntry>
      <contextEntry><variable name="java"/><functionDefinition kind="Java"><formalParameter name="x"/><context/></functionDefinition></contextEntry>
    </context>
  </decision>
  <decisionService id="s1" name="quote"><variable name="quote"/>
    <outputDecision href="#d2"/><inputDecision href="#d1"/><inputData href="#i2"/></decisionService>`)
