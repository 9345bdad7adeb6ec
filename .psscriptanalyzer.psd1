@{
    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
    ExcludeRules = @(
        # Internal functions of build.ps1 ask through the script's own ShouldProcess.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
