<#
.SYNOPSIS
Makes the module's help file from the Markdown pages.

.DESCRIPTION
PlatyPS 1.0.3 exports MAML in which examples keep their Markdown fences, code is not where Get-Help looks for it, and
defaults and aliases are missing. This script exports and then puts that right. It needs PowerShell 7.
#>
[CmdletBinding()]
param(
    # The pages of the cmdlets.
    [Parameter(Mandatory)]
    [string[]] $Page,

    # The file to write.
    [Parameter(Mandatory)]
    [string] $OutputFile
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS

$help = Import-MarkdownCommandHelp -Path $Page
$folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
$exported = $help | Export-MamlCommandHelp -OutputFolder $folder -Force
$xml = [xml]::new()
$xml.PreserveWhitespace = $false
$xml.Load($exported.FullName)
Remove-Item -Recurse $folder
$uri = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$ns = [System.Xml.XmlNamespaceManager]::new($xml.NameTable)
foreach ($prefix in $uri.Keys) { $ns.AddNamespace($prefix, $uri[$prefix]) }

function Add-Element([System.Xml.XmlElement] $Parent, [string] $Name, [string] $Text) {
    $prefix, $local = $Name -split ':'
    $element = $Parent.OwnerDocument.CreateElement($prefix, $local, $uri[$prefix])
    if ($Text) { $element.InnerText = $Text }
    $Parent.AppendChild($element)
}

# A blank line parts paragraphs; a single line break is a space, but not within a list.
function Split-Paragraph([string] $Text) {
    foreach ($paragraph in [regex]::Split($Text.Trim(), '(?:\r?\n){2,}')) {
        if ($paragraph -match '^- ') { $paragraph } else { $paragraph -replace '\r?\n', ' ' }
    }
}

function Repair-Paragraph([System.Xml.XmlElement] $Container) {
    $paragraphs = @($Container.SelectNodes('maml:para', $ns))
    $texts = @($paragraphs | ForEach-Object { Split-Paragraph $_.InnerText })
    foreach ($paragraph in $paragraphs) { [void] $Container.RemoveChild($paragraph) }
    foreach ($text in $texts) { [void] (Add-Element $Container 'maml:para' $text) }
}

# The code goes where Get-Help looks for it, and the output below it, without Markdown's fences.
function Repair-Example([System.Xml.XmlElement] $Example, [string] $Markdown, [string] $Title) {
    foreach ($child in @($Example.ChildNodes)) { [void] $Example.RemoveChild($child) }
    [void] (Add-Element $Example 'maml:title' "---------- $Title ----------")
    $parts = [regex]::Match($Markdown.Trim(), '(?s)^```powershell\r?\n(?<code>.*?)\r?\n```\s*```Output\r?\n(?<output>.*?)\r?\n```\s*(?<text>.*)$')
    if (-not $parts.Success) { throw "Example '$Title' is not code, output and text." }
    [void] (Add-Element $Example 'dev:code' $parts.Groups['code'].Value)
    $remarks = Add-Element $Example 'dev:remarks'
    # Get-Help trims a paragraph: without a first word the head of a right-aligned table would shift.
    [void] (Add-Element $remarks 'maml:para' "Output:`n$($parts.Groups['output'].Value)")
    if ($parts.Groups['text'].Value) {
        foreach ($text in Split-Paragraph $parts.Groups['text'].Value) {
            [void] (Add-Element $remarks 'maml:para' $text)
        }
    }
    [void] (Add-Element $remarks 'maml:para')
}

foreach ($command in $help) {
    $node = $xml.SelectSingleNode("//command:command[command:details/command:name='$($command.Title)']", $ns)
    foreach ($container in $node.SelectNodes('.//maml:description | .//maml:alert', $ns)) { Repair-Paragraph $container }

    foreach ($parameter in $command.Parameters) {
        foreach ($entry in $node.SelectNodes(".//command:parameter[maml:name='$($parameter.Name)']", $ns)) {
            $entry.SetAttribute('position', $entry.GetAttribute('position').ToLowerInvariant())
            $entry.SetAttribute('aliases', $(if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }))
            $full = $node.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $ns)
            $entry.SetAttribute('pipelineInput', $full.GetAttribute('pipelineInput'))
            $value = $entry.SelectSingleNode('command:parameterValue', $ns)
            # A switch has no value.
            if ($value) {
                $value.InnerText = $value.InnerText.Split('.')[-1]
                $value.SetAttribute('variableLength', 'true')
            }

            $empty = $entry.SelectSingleNode('maml:description[not(*)]', $ns)
            if ($empty) { [void] $entry.RemoveChild($empty) }
        }
        [void] (Add-Element $full 'dev:defaultValue' $parameter.DefaultValue)
    }

    $examples = @($node.SelectNodes('command:examples/command:example', $ns))
    for ($i = 0; $i -lt $examples.Count; $i++) {
        Repair-Example $examples[$i] $command.Examples[$i].Remarks $command.Examples[$i].Title
    }

    # Relative addresses mean nothing in a console, and Get-Help -Online would try to open the first.
    foreach ($link in @($node.SelectNodes('command:relatedLinks/maml:navigationLink', $ns))) {
        if ($link.linkText -eq 'Online Version') { [void] $link.ParentNode.RemoveChild($link); continue }
        $address = $link.SelectSingleNode('maml:uri', $ns)
        if ($address.InnerText -notmatch '^https?://') { $address.RemoveAll() }
    }
}

$settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$stream = [IO.MemoryStream]::new()
$writer = [System.Xml.XmlWriter]::Create($stream, $settings)
$xml.Save($writer)
$writer.Dispose()
$text = [Text.Encoding]::UTF8.GetString($stream.ToArray())
[IO.File]::WriteAllText($OutputFile, $text.Replace("`r`n", "`n").TrimEnd() + "`n")
