using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Comparison;

namespace LlmMemory.Commands;

/// <summary>Puts what an engine reported in its log beside an estimate.</summary>
[Cmdlet(VerbsData.Compare, "LlmMemoryEstimate", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(MemoryComparison))]
public sealed partial class CompareLlmMemoryEstimateCommand : PSCmdlet
{
    private const string PathSet = "Path";

    private const string LiteralPathSet = "LiteralPath";

    private const string LineSet = "Line";

    private const string EstimateHelp = "The estimate, from Get-LlmMemoryEstimate -Model ... -Engine ...";

    private const string NameOfLines = "pipeline";

    private readonly Dictionary<string, EngineLog> _logs = new(StringComparer.Ordinal);
    private EngineLogLines? _lines;

    /// <summary>The estimates.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = EstimateHelp)]
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = EstimateHelp)]
    [Parameter(Mandatory = true, ParameterSetName = LineSet, HelpMessage = EstimateHelp)]
    [ValidateNotNullOrEmpty]
    public MemoryEstimate[] Estimate { get; set; } = [];

    /// <summary>Logs, wildcards allowed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        HelpMessage = "The log of vLLM, SGLang, llama.cpp or Ollama. Wildcards are allowed; each file is a log of its own.")]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Log { get; set; } = [];

    /// <summary>Logs, taken as they are.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "As -Log, without wildcards; Get-ChildItem's output binds here.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Lines of one log.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LineSet,
        ValueFromPipeline = true,
        HelpMessage = "Lines of one log, from Get-Content, docker logs, kubectl logs or journalctl.")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [AllowNull]
    public string[] Line { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case LineSet:
                _lines ??= new EngineLogLines(NameOfLines);
                TryCompare(() => AddLines(_lines));
                break;
            case LiteralPathSet:
                CompareFiles(new FileSystemPaths(this, NotFound).ResolveLiteral(LiteralPath));
                break;
            default:
                CompareFiles(new FileSystemPaths(this, NotFound).Resolve(Log));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_lines is { } lines)
        {
            TryCompare(() => WriteComparisons(lines.ToLog()));
        }

        Save();
    }

    private void AddLines(EngineLogLines lines)
    {
        foreach (var line in Line ?? [])
        {
            lines.Add(line);
        }
    }

    private void CompareFiles(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            TryCompare(() => WriteComparisons(LogOf(path)));
        }
    }

    // Several estimates of a pipeline are compared with one reading.
    private EngineLog LogOf(string path)
    {
        if (!_logs.TryGetValue(path, out var log))
        {
            log = EngineLog.FromPath(path);
            _logs.Add(path, log);
        }

        return log;
    }

    private void WriteComparisons(EngineLog log)
    {
        WriteVerbose($"Read {log.Name}: {log}, model {log.Model ?? "not named"}, {string.Join(", ", log.Settings)}.");
        foreach (var estimate in Estimate)
        {
            TryCompare(() => WriteObject(MemoryComparison.Compare(estimate, log), enumerateCollection: true));
            TryCompare(() => Calibrate(estimate, log));
        }
    }

    private void TryCompare(Action compare)
    {
        try
        {
            compare();
        }
        catch (LlmMemoryException error)
        {
            WriteError(ErrorRecords.From(error));
        }
    }

    private static LlmMemoryException NotFound(string path, string problem, Exception? error)
    {
        return new LlmMemoryException(
            ErrorIds.LogNotFound, path, $"'{path}' {problem}. Give the path of an engine's log, such as ./vllm.log.", error);
    }
}
