using System;
using System.Globalization;
using System.Linq;
using LlmMemory.Launching.Text;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// A placement group of Ray, a bundle for each GPU. Source: docs.ray.io ray-core/api/doc/ray.util.placement_group
/// (bundles, strategy, name); memory is a resource in bytes.
/// </summary>
internal sealed class RayTarget : SchedulerTarget
{
    /// <summary>Creates the target.</summary>
    public RayTarget()
        : base("Ray", "Ray: a placement group with a bundle for each GPU, as Python")
    {
    }

    private protected override LaunchDocument Write(LaunchDraft draft, LaunchLayout layout)
    {
        var bundles = Math.Max(1, draft.Request.GpuCount);
        draft.Add("bundles", bundles, "one for each GPU");
        if (draft.Request.GpuCount > 0)
        {
            draft.Add("GPU", 1, "one for each bundle");
        }

        if (HostMiB(draft, layout) is not null)
        {
            draft.Add("memory", (long)Math.Ceiling((decimal)draft.Request.Figures.HostBytes!.Value / bundles), "bytes of the host for each bundle");
        }

        draft.Add("strategy", layout.Nodes == 1 ? "STRICT_PACK" : "PACK", layout.Nodes == 1 ? "one node" : $"{layout.Nodes} nodes");
        draft.Add("name", draft.Request.Model ?? "llm", "the model");
        return draft.ToDocument("Python", comments => string.Join(
            "\n", [.. comments.Select(comment => $"# {comment}"), .. Lines(draft, bundles)]));
    }

    private static string[] Lines(LaunchDraft draft, int bundles)
    {
        var resources = draft.Settings.Where(setting => setting.Name is "GPU" or "memory").Select(setting => $"{QuotedText.Of(setting.Name)}: {setting.Text}");
        return
        [
            "from ray.util.placement_group import placement_group",
            string.Empty,
            "group = placement_group(",
            $"    bundles=[{{{string.Join(", ", resources)}}}] * {bundles.ToString(CultureInfo.InvariantCulture)},",
            .. draft.Settings.Where(setting => setting.Name is "strategy" or "name").Select(setting => $"    {setting.Name}={QuotedText.Of(setting.Text)},"),
            ")",
        ];
    }
}
