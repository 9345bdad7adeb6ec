using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LlmMemory.Launching.Targets;

/// <summary>The head of a batch script. Source: SchedMD/slurm doc/man/man1/sbatch.1 (--gpus-per-node, --mem in MiB for each node).</summary>
internal sealed class SlurmTarget : SchedulerTarget
{
    // sbatch has its own way to read quotes in a directive; a name without any needs none.
    private static readonly Regex Unusual = new("[^A-Za-z0-9_.-]+", RegexOptions.CultureInvariant);

    /// <summary>Creates the target.</summary>
    public SlurmTarget()
        : base("Slurm", "Slurm: the head of a script for sbatch", "sbatch")
    {
    }

    private protected override LaunchDocument Write(LaunchDraft draft, LaunchLayout layout)
    {
        draft.Add("--job-name", JobName(draft.Request), "the model");
        draft.Add("--nodes", layout.Nodes, "the nodes");
        draft.Add("--ntasks-per-node", 1, "one launcher on each node starts the ranks");
        if (layout.GpusPerNode > 0)
        {
            draft.Add("--gpus-per-node", layout.GpusPerNode, "the GPUs of a node");
        }

        if (layout.Nodes > 1)
        {
            draft.Note("The script runs on the first node: srun in front of a launcher starts it on each.");
        }

        if (HostMiB(draft, layout) is { } host)
        {
            draft.Add("--mem", host.ToString(CultureInfo.InvariantCulture) + "M", "what the host holds");
        }

        return draft.ToDocument("Bash", comments => string.Join(
            "\n",
            ["#!/bin/bash", .. comments.Select(comment => $"# {comment}"), .. draft.Settings.Select(setting => $"#SBATCH {setting.Name}={setting.Text}")]));
    }

    private static string JobName(LaunchRequest request)
    {
        var name = Unusual.Replace(request.Model ?? string.Empty, "-").Trim('-');
        return name.Length == 0 ? "llm" : name;
    }
}
