using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Binding;
using LlmMemory.Completion;
using LlmMemory.Estimation.Cases;
using LlmMemory.Hardware;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;

namespace LlmMemory.Commands;

/// <summary>Finds on which devices a workload can run, how many it takes, and in which layout.</summary>
[Cmdlet(VerbsCommon.Find, "LlmDeployment", DefaultParameterSetName = ModelParameterSets.Parameters)]
[OutputType(typeof(DeploymentPlan))]
public sealed class FindLlmDeploymentCommand : PlanningCommand
{
    /// <summary>What makes one plan better than another.</summary>
    [Parameter(HelpMessage = "What makes one plan better than another: FewestGpus, LowestCost, MostHeadroom, Throughput. FewestGpus when not said.")]
    [NamedTransformation(typeof(DeploymentObjective))]
    [ArgumentCompleter(typeof(SettingCompleter<DeploymentObjective>))]
    [ValidateCount(0, 1)]
    public NamedArgument<DeploymentObjective>[] Objective { get; set; } = [];

    /// <summary>Machine types of clouds.</summary>
    [Parameter(HelpMessage = "Machine types of clouds instead of GPUs: p5.48xlarge, 'a3-*'. Wildcards are allowed.")]
    [ArgumentCompleter(typeof(CloudInstanceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Instance { get; set; } = [];

    /// <summary>The devices of one machine.</summary>
    [Parameter(HelpMessage = "How many devices stand in one machine; ranks that split a layer stay within it. 8 when not said, or as the machine type has them.")]
    [CountSettingTransformation(nameof(GpusPerNode), 1, "8")]
    [ArgumentCompleter(typeof(RankCountCompleter))]
    [ValidateCount(0, 1)]
    public CountSettingArgument[] GpusPerNode { get; set; } = [];

    /// <summary>Prices.</summary>
    [Parameter(HelpMessage = "Prices, rows with the columns Gpu or Instance, PricePerHour and perhaps Currency: (Import-Csv prices.csv).")]
    [ValidateNotNullOrEmpty]
    public PSObject[] PriceList { get; set; } = [];

    /// <summary>True where weights and cache may be stored in fewer bits.</summary>
    [Parameter(HelpMessage = "Weights and cache may be stored in fewer bits, by the formats that the engine loads.")]
    public SwitchParameter AllowQuantization { get; set; }

    /// <summary>True where layers may lie on the host.</summary>
    [Parameter(HelpMessage = "llama.cpp may leave layers on the host.")]
    public SwitchParameter AllowOffload { get; set; }

    /// <summary>True for every layout.</summary>
    [Parameter(HelpMessage = "Every layout that fits, not only the best of each GPU and format.")]
    public SwitchParameter EveryLayout { get; set; }

    /// <summary>True for plans that do not fit as well.</summary>
    [Parameter(HelpMessage = "Plans that do not fit as well, each with its reason.")]
    public SwitchParameter IncludeRejected { get; set; }

    /// <summary>True for what would help a workload that fits nowhere.</summary>
    [Parameter(HelpMessage = "For a workload that fits nowhere: what would free most, one setting at a time, with figures.")]
    public SwitchParameter Why { get; set; }

    private protected override IReadOnlyCollection<string> OwnParameters => new HashSet<string>(base.OwnParameters, StringComparer.OrdinalIgnoreCase)
    {
        nameof(Objective), nameof(Instance), nameof(GpusPerNode), nameof(PriceList), nameof(AllowQuantization), nameof(AllowOffload),
        nameof(EveryLayout), nameof(IncludeRejected), nameof(Why),
    };

    private protected override IEnumerable<DeviceOffer> UnsaidDevices => NamesOtherDevices ? [] : GpuCatalogue.All.Select(DeviceOffer.Of);

    private protected override bool NamesOtherDevices => Instance.Length > 0;

    private DeploymentTerms Search => new()
    {
        Objective = Objective.Select(objective => objective.Value).FirstOrDefault() ?? DeploymentObjective.Default,
        Fit = Terms,
        AllowQuantization = AllowQuantization,
        AllowOffload = AllowOffload,
        EveryLayout = EveryLayout,
        IncludeRejected = IncludeRejected,
        Stopping = Ending,
    };

    private protected override void CollectSettingErrors()
    {
        CollectErrors(Objective);
        CollectErrors(GpusPerNode);
        base.CollectSettingErrors();
    }

    private protected override void Answer(EstimateCase asked, DevicePool[] pools)
    {
        try
        {
            WritePlans(asked, Candidates(pools));
        }
        catch (OperationCanceledException)
        {
            // The user ended the command; there is nothing to say.
        }
    }

    private void WritePlans(EstimateCase asked, DeploymentCandidate[] candidates)
    {
        var terms = Search;
        using var progress = new SearchProgress(this, asked.Model?.Name ?? "a model");
        var plans = DeploymentSearch.Find(asked, candidates, Why ? terms with { IncludeRejected = true } : terms, progress.Report);
        var any = plans.Any(plan => plan.Fits);
        WriteObject(plans.Where(plan => plan.Fits || IncludeRejected), enumerateCollection: true);
        if (!any && Why)
        {
            WriteObject(AdviceSearch.Find(plans, terms.Fit), enumerateCollection: true);
        }
        else if (!any && !IncludeRejected)
        {
            WriteWarning("Nothing fits. -IncludeRejected shows what each device lacks, -Why what would help.");
        }
    }

    private DeploymentCandidate[] Candidates(DevicePool[] pools)
    {
        var list = new DeploymentCandidates(
            [.. PriceList.Select(Price)],
            GpusPerNode.Select(count => count.Value).FirstOrDefault(),
            Count.Select(count => count.Value).Max());
        return Instance.Length > 0
            ? [.. Instance.SelectMany(name => list.OfInstances(new NamePattern(name).Matches, name))]
            : [.. list.Of(pools)];
    }

    private static DeploymentPrice Price(PSObject row)
    {
        return DeploymentPrice.Parse(Cell(row, "Gpu"), Cell(row, "Instance"), Cell(row, "PricePerHour"), Cell(row, "Currency"));
    }

    private static string? Cell(PSObject row, string column)
    {
        return row.Properties[column]?.Value is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;
    }
}
