using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>The module where scripts really run: constrained, in parallel, in other cultures, stopped half-way.</summary>
public sealed class EnvironmentTests
{
    private const string Training = "Get-LlmMemoryEstimate -Parameters 7B -DataType BF16 -Mode Training";

    [Theory]
    [InlineData(Training)]
    [InlineData("Get-LlmMemoryEstimate 7e9 -DataType 'bf16' -Mode 'Training' -SafetyMargin 20 -TrainingMultiplier 4")]
    public void It_works_in_constrained_language(string script)
    {
        using var runspace = ModuleSession.Open(new RecordingHost(120));
        runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;

        Assert.Equal(117_600_000_000, ModuleSession.Run(runspace, script).Single().Get("TotalBytes"));
        Assert.Equal("DataTypeUnknown", Assert.Single(ModuleSession.Run(runspace, "Get-LlmMemoryEstimate 7B -DataType foat").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void The_views_are_drawn_in_constrained_language()
    {
        var host = new RecordingHost(120);
        using var runspace = ModuleSession.Open(host);
        runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;
        ModuleSession.Run(runspace, Training + " | Out-Default").Clean();

        Assert.Contains("14.000", host.PlainText, System.StringComparison.Ordinal);
        Assert.Contains("117.600", host.PlainText, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void The_culture_changes_no_figure(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using var session = new ModuleSession();
            var estimate = session.Run("Get-LlmMemoryEstimate '0.5B' -DataType INT8 -Mode TRAINING -SafetyMargin '12.5%'").Single();

            Assert.Equal(3_937_500_000L, estimate.Get("TotalBytes"));
            var margin = session.Run("(Get-LlmMemoryEstimate 1B -Mode Training -SafetyMargin 12.5%).Components[-1].Formula").Single();
            Assert.Equal("margin x subtotal = 12.5 % x 14 GB", margin.BaseObject);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Runspaces_of_a_pool_do_not_disturb_each_other()
    {
        using var pool = RunspaceFactory.CreateRunspacePool(ModuleSession.InitialState());
        pool.SetMaxRunspaces(4);
        pool.Open();

        var totals = await Task.WhenAll(Enumerable.Range(1, 40).Select(billions => TotalAsync(pool, billions)));

        Assert.Equal(Enumerable.Range(1, 40).Select(billions => billions * 2_000_000_000L), totals);
    }

    [Fact]
    public void It_works_in_ForEach_Object_Parallel()
    {
        using var session = new ModuleSession();
        var result = session.Run(
            "1..8 | ForEach-Object -Parallel { Import-Module $using:manifest; Get-LlmMemoryEstimate \"${_}B\" }"
                .Insert(0, $"$manifest = '{Repository.Manifest}'; "));

        Assert.Equal(Enumerable.Range(1, 8).Select(billions => billions * 2_000_000_000L), result.Values("TotalBytes").Cast<long>().Order());
    }

    [Fact]
    public void An_endless_pipeline_stops()
    {
        using var runspace = ModuleSession.Open(new RecordingHost(120));
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("& { while ($true) { '7B' } } | Get-LlmMemoryEstimate");
        var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        using (var records = output.GetEnumerator())
        {
            Assert.True(records.MoveNext());
        }

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(117_600_000_000, ModuleSession.Run(runspace, Training).Single().Get("TotalBytes"));
    }

    [Fact]
    public void Serialisation_keeps_figures_and_details()
    {
        using var session = new ModuleSession();
        var original = session.Run(Training).Single();

        var copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(original));

        Assert.Equal("Deserialized.LlmMemory.Estimation.MemoryEstimate", copy.TypeNames[0]);
        Assert.Equal(original.Get("TotalBytes"), copy.Get("TotalBytes"));
        Assert.Equal(original.Get("TotalGB"), copy.Get("TotalGB"));
        Assert.Null(copy.Get("LowBytes"));
        Assert.Equal(117_600_000_000, session.Run("$input | Get-LlmMemoryEstimate", copy).Single().Get("TotalBytes"));
    }

    [Fact]
    public void A_remoting_copy_keeps_its_components()
    {
        using var session = new ModuleSession();
        var original = session.Run(Training).Single();
        var xml = PSSerializer.Serialize(original, depth: 1);

        // The types file asks for a second level, as jobs and remoting serialise with one.
        Assert.Contains("<S N=\"Formula\">parameters x bytes = 7 B x 2 bytes</S>", xml, System.StringComparison.Ordinal);
    }

    private static async Task<long> TotalAsync(RunspacePool pool, int billions)
    {
        using var shell = PowerShell.Create();
        shell.RunspacePool = pool;
        shell.AddCommand("Get-LlmMemoryEstimate").AddParameter("Parameters", $"{billions}B");
        IEnumerable<PSObject> output = await shell.InvokeAsync();
        return (long)Assert.Single(output).Get("TotalBytes")!;
    }
}
