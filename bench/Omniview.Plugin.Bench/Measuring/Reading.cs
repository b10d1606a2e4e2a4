namespace Omniview.Plugin.Bench.Measuring;

/// <summary>One number one measurement gave.</summary>
/// <param name="Measure">What it is and in which unit; less is better.</param>
internal readonly record struct Reading(string Measure, double Value)
{
    public static Reading Milliseconds(string what, TimeSpan time) => new($"{what}, ms", time.TotalMilliseconds);
}
