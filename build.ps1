#requires -Version 5.1
<#
.SYNOPSIS
Builds, tests, documents, analyses, packs and installs LlmMemory.

.DESCRIPTION
Runs in Windows PowerShell 5.1 and in PowerShell 7. It needs the .NET SDK 10. Pester, PSScriptAnalyzer and PlatyPS
(Microsoft.PowerShell.PlatyPS) are used where they are installed; what was skipped is said at the end.

.EXAMPLE
./build.ps1

Builds the module: Import-Module ./LlmMemory.psd1 then works.

.EXAMPLE
./build.ps1 -Task Build, Test, Package

Builds, tests, and writes the module's folder and its package under artifacts.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # What to do, in this order.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Docs', 'Analyze', 'Package', 'Install', 'Clean')]
    [string[]] $Task = 'Build',

    # The build configuration.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$moduleName = 'LlmMemory'
$artifacts = Join-Path $PSScriptRoot 'artifacts'
$manifestPath = Join-Path $PSScriptRoot "$moduleName.psd1"
$inConfiguration = '--configuration', $Configuration
$skipped = New-Object System.Collections.Generic.List[string]

function Invoke-DotNet {
    # Windows PowerShell takes no error from a native command's exit code.
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

function Test-Installed {
    param([string] $Name, [string] $For)

    if (Get-Module -ListAvailable -Name $Name) {
        return $true
    }

    $skipped.Add("${For}: the module $Name is not installed (Install-Module $Name)")
    return $false
}

function Invoke-BuildTask {
    Invoke-DotNet build $PSScriptRoot @inConfiguration
}

function Invoke-TestTask {
    Invoke-DotNet test $PSScriptRoot @inConfiguration
    if (Test-Installed -Name Pester -For 'Pester tests') {
        $pester = New-PesterConfiguration
        $pester.Run.Path = Join-Path $PSScriptRoot 'tests'
        $pester.Run.Throw = $true
        Invoke-Pester -Configuration $pester
    }
}

function Invoke-DocsTask {
    if (Test-Installed -Name Microsoft.PowerShell.PlatyPS -For 'Docs') {
        $pages = Get-ChildItem -Path (Join-Path $PSScriptRoot 'docs') -Filter '*-L*.md'
        & (Join-Path $PSScriptRoot '.build/Export-ModuleHelp.ps1') -Page $pages.FullName -OutputFile (
            Join-Path $PSScriptRoot "en-US/$moduleName.dll-Help.xml")
    }
}

function Invoke-AnalyzeTask {
    if (Test-Installed -Name PSScriptAnalyzer -For 'Analysis') {
        $scripts = @($manifestPath, $PSCommandPath) + (Get-ChildItem (Join-Path $PSScriptRoot '.build') -Filter '*.ps1').FullName + (Get-ChildItem (Join-Path $PSScriptRoot 'tests') -Filter '*.Tests.ps1').FullName
        $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Settings (Join-Path $PSScriptRoot '.psscriptanalyzer.psd1') })
        if ($findings.Count -gt 0) {
            $findings | ForEach-Object { Write-Warning "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" }
            throw "PSScriptAnalyzer has $($findings.Count) findings."
        }
    }
}

function Copy-Module {
    param([string] $Destination)

    New-Item -ItemType Directory -Path $Destination -Force | Out-Null
    foreach ($part in "$moduleName.psd1", 'LICENSE', 'bin', 'en-US') {
        Copy-Item -LiteralPath (Join-Path $PSScriptRoot $part) -Destination $Destination -Recurse -Force
    }
}

function Get-ModuleVersion {
    (Test-ModuleManifest -Path $manifestPath).Version.ToString()
}

function New-ModulePackage {
    # The layout that the PowerShell Gallery expects: the module's files at the root, its commands as tags.
    param([string] $Folder)

    $manifest = Test-ModuleManifest -Path (Join-Path $Folder "$moduleName.psd1")
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.Tags
    foreach ($cmdlet in $manifest.ExportedCmdlets.Keys) {
        $tags += "PSCmdlet_$cmdlet", "PSCommand_$cmdlet"
    }

    $nuspec = [xml] '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata /></package>'
    $metadata = [ordered] @{
        id                       = $moduleName
        version                  = $manifest.Version.ToString()
        authors                  = $manifest.Author
        requireLicenseAcceptance = 'false'
        license                  = 'MIT'
        description              = $manifest.Description
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    foreach ($name in $metadata.Keys) {
        $element = $nuspec.CreateElement($name, $nuspec.DocumentElement.NamespaceURI)
        $element.InnerText = $metadata[$name]
        $nuspec.DocumentElement['metadata'].AppendChild($element) | Out-Null
    }

    $nuspec.DocumentElement['metadata']['license'].SetAttribute('type', 'expression')
    $nuspecPath = Join-Path $artifacts "$moduleName.nuspec"
    $nuspec.Save($nuspecPath)
    Invoke-DotNet pack (Join-Path $PSScriptRoot "src/$moduleName") --no-build @inConfiguration --output $artifacts `
        "-p:NuspecFile=$nuspecPath" "-p:NuspecBasePath=$Folder" '-p:NoPackageAnalysis=true'
}

function Invoke-PackageTask {
    Invoke-BuildTask
    $folder = Join-Path $artifacts "$moduleName/$(Get-ModuleVersion)"
    if (Test-Path -LiteralPath $folder) {
        Remove-Item -LiteralPath $folder -Recurse
    }

    Copy-Module -Destination $folder
    New-ModulePackage -Folder $folder
}

function Get-UserModulePath {
    if ($PSVersionTable.PSEdition -eq 'Desktop') {
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'WindowsPowerShell/Modules'
    }

    if ($IsWindows) {
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules'
    }

    return Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) 'powershell/Modules'
}

function Invoke-InstallTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    Invoke-BuildTask
    $destination = Join-Path (Get-UserModulePath) "$moduleName/$(Get-ModuleVersion)"
    if ($PSCmdlet.ShouldProcess($destination, 'Install module')) {
        Copy-Module -Destination $destination
    }
}

function Invoke-CleanTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $output = @($artifacts, (Join-Path $PSScriptRoot 'bin')) +
        (Get-ChildItem -Path (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory |
            ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' })
    foreach ($folder in $output) {
        if ((Test-Path -LiteralPath $folder) -and $PSCmdlet.ShouldProcess($folder, 'Remove')) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
}

foreach ($name in $Task) {
    & "Invoke-${name}Task"
}

foreach ($reason in $skipped) {
    Write-Warning "Skipped. $reason."
}
